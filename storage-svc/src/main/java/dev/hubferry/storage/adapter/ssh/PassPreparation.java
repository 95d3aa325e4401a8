package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.Ownership;
import dev.hubferry.storage.domain.plan.Batches;
import dev.hubferry.storage.domain.plan.PlanTotals;
import dev.hubferry.storage.domain.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans a pass and writes down on the target what its runner has to know. */
final class PassPreparation {
    private final SshHosts hosts;
    private final CopySettings settings;
    private final Clock clock;

    PassPreparation(SshHosts hosts, CopySettings settings, Clock clock) {
        this.hosts = hosts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Prepares pass {@code number}; {@code before} are those that were prepared. */
    @Failpoint("storage.pass.prepare")
    PassPlan prepare(Route route, PassOrder order, CommandRun run, int number, List<PassPlan> before)
            throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        RunDirectory directory = new RunDirectory(hosts.shell(route.target().storage()), places.run(), run);
        Instant startedAt = clock.instant();
        run.ensureHeld();
        SourceHomes homes = SourceHomes.list(hosts.shell(route.source().storage()), route.source());
        HomesOwnership ownership =
                HomesOwnership.claim(route, order, directory, SourceIdentity.of(hosts, route.source()), homes);
        Optional<PassPlan> baseline = ownership.trusted() ? baseline(before) : Optional.empty();
        String upload = "scan." + RunDirectory.commandKey(run) + "." + run.epoch();
        run.ensureHeld();
        PassPlanning.Question question =
                new PassPlanning.Question(order.kind(), homes, ownership.standing(), baseline, order.first(), upload);
        try (PassPlanning planning = PassPlanning.begin(hosts, route, question)) {
            PlanTotals totals = Planner.plan(planning);
            requireFewDeletions(route, totals);
            PassPlan plan = plan(order, run, number, startedAt, homes, planning.scanned(), totals);
            boolean root = ownership.foreign().isEmpty()
                    && (totals.touchesHomesDirectory() || rootMoved(route, homes, ownership.root(), baseline));
            if (root && !planning.spool().hasAttributes()) {
                // What is above it comes along.
                planning.spool().attributes("./" + homes.names().getFirst());
            }
            boolean nothing = planning.spool().isEmpty();
            FileBundle files = new PassFiles(
                            plan, totals, Batches.divide(totals.chunks(), settings.workers()), planning.spool(), root)
                    .bundle();
            PassFiles.addOptions(files, route, AcceptedLosses.of(directory.shell(), route));
            PassFiles.flag(files, "untrusted", !ownership.trusted());
            files.add("sockets", RunDirectory.nulSeparated(planning.sockets(), ""));
            directory.require(
                    directory.fenced(
                            "prepare-pass",
                            String.valueOf(number),
                            upload,
                            String.valueOf(planning.scanned().size()),
                            String.valueOf(files.size())),
                    files);
            if (!nothing) {
                planning.awaitConnection();
            }
            return nothing ? plan.ended(new PassPlan.End.Ended(0, Duration.ZERO)) : plan;
        }
    }

    private PassPlan plan(
            PassOrder order,
            CommandRun run,
            int number,
            Instant startedAt,
            SourceHomes homes,
            PassPlanning.Scanned scanned,
            PlanTotals totals) {
        return new PassPlan(
                number,
                run.command().value(),
                order.kind(),
                startedAt,
                clock.instant(),
                scanned.began(),
                homes.root().record(),
                totals.source().entries(),
                new PassPlan.Work(totals.copied().files(), totals.copied().bytes(), totals.cleared()),
                true,
                new PassPlan.End.Open());
    }

    private void requireFewDeletions(Route route, PlanTotals totals) {
        if (settings.deletions().allow(totals.cleared(), totals.target())) {
            return;
        }
        throw Refusal.of(
                ErrorCode.TOO_MANY_DELETIONS,
                "%d of %d entries on %s would be deleted, more than %s; nothing was changed there. Is everything mounted on the source?"
                        .formatted(
                                totals.cleared(),
                                totals.target(),
                                route.target().lockKey(),
                                settings.deletions()));
    }

    /** Whether the homes directory itself has other attributes than its copy, or may have. */
    private static boolean rootMoved(
            Route route, SourceHomes homes, Optional<ManifestEntry> target, Optional<PassPlan> baseline) {
        boolean asBefore =
                baseline.map(pass -> pass.root().equals(homes.root().record())).orElse(false);
        return !asBefore
                || !target.map(Ownership.of(route.options()).onTarget(homes.root())::looksLike)
                        .orElse(false);
    }

    /**
     * The pass whose scan is old enough to show every change that the target may have missed: the last complete one. While none is,
     * the first one, since nothing on the target is older than its scan. None when that is of an earlier version: then nothing is trusted.
     */
    static Optional<PassPlan> baseline(List<PassPlan> before) {
        return before.stream()
                .filter(pass -> pass.isComplete() && pass.hasManifest())
                .reduce((earlier, later) -> later)
                .or(() -> before.stream().findFirst().filter(PassPlan::hasManifest));
    }
}
