package dev.hubferry.orchestrator.script;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOwner;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Specs that are right. */
public final class Specs {
    private Specs() {}

    public static MigrationSpec astro() {
        return new MigrationSpec(
                "astro to the new cluster",
                new HubRef("old", "astro", Optional.empty()),
                new HubRef("new", "astro", Optional.empty()),
                new MigrationSpec.Homes(
                        new HomesRef("nfs-old", "/export/homes/astro"),
                        new HomesRef("nfs-new", "/export/homes/astro"),
                        ExistingHomes.REFUSE),
                new MigrationSpec.Database(Set.of()),
                new MigrationSpec.Dns("example", "astro.example.org", Duration.ofSeconds(300)),
                MigrationSpec.Cutover.ANY_TIME,
                new MigrationSpec.Approvals(Duration.ofDays(7), false),
                Duration.ofDays(1),
                Priority.NORMAL);
    }

    /** A move of homes that is not simply a copy. */
    public static MigrationSpec withHomesOptions() {
        MigrationSpec astro = astro();
        MigrationSpec.Homes homes = new MigrationSpec.Homes(
                astro.homes().source(),
                astro.homes().target(),
                astro.homes().existing(),
                List.of(".cache", "work/*/scratch"),
                Optional.of(new HomesOwner(1000, 1000)),
                Set.of(HomesConsent.LOSE_ACLS));
        return new MigrationSpec(
                astro.name(),
                astro.source(),
                astro.target(),
                homes,
                astro.database(),
                astro.dns(),
                astro.cutover(),
                astro.approvals(),
                astro.soak(),
                astro.priority());
    }

    public static MigrationSpec with(MigrationSpec spec, MigrationSpec.Cutover cutover) {
        return with(spec, cutover, spec.approvals());
    }

    public static MigrationSpec with(MigrationSpec spec, MigrationSpec.Approvals approvals) {
        return with(spec, spec.cutover(), approvals);
    }

    public static MigrationSpec withoutSoak(MigrationSpec spec) {
        return with(spec, spec.cutover(), spec.approvals(), Duration.ZERO);
    }

    private static MigrationSpec with(
            MigrationSpec spec, MigrationSpec.Cutover cutover, MigrationSpec.Approvals approvals) {
        return with(spec, cutover, approvals, spec.soak());
    }

    private static MigrationSpec with(
            MigrationSpec spec, MigrationSpec.Cutover cutover, MigrationSpec.Approvals approvals, Duration soak) {
        return new MigrationSpec(
                spec.name(),
                spec.source(),
                spec.target(),
                spec.homes(),
                spec.database(),
                spec.dns(),
                cutover,
                approvals,
                soak,
                spec.priority());
    }
}
