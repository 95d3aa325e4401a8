package dev.hubferry.orchestrator.script;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationSpec;
import java.time.Duration;
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
                new MigrationSpec.Approvals(Duration.ofDays(7)),
                Duration.ofDays(1));
    }
}
