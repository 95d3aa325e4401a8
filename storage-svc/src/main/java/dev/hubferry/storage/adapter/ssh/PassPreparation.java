package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.Ownership;
import dev.hubferry.storage.domain.plan.Batch;
import dev.hubferry.storage.domain.plan.Batches;
import dev.hubferry.storage.domain.plan.PlanTotals;
import dev.hubferry.storage.domain.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Plans a pass and writes down on the target what its runner has to know. */
final class PassPreparation {
    /** A list of no more may go by tar, which begins anew when its connection is lost. */
    private static final long SHORT_BYTES = 64L << 20;

    private static final List<String> TAR_SCRIPTS = List.of("receive", "place", "sockets");

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
            planning.awaitConnection();
            requireFewDeletions(route, totals);
            PassPlan plan = plan(order, run, number, startedAt, homes, planning.scanned(), totals);
            FileBundle files = files(route, plan, baseline, homes, ownership, totals, planning.spool());
            addOptions(files, route, AcceptedLosses.of(directory.shell(), route));
            files.add("sockets", RunDirectory.nulSeparated(planning.sockets(), ""));
            boolean nothing = planning.spool().isEmpty();
            directory.require(
                    directory.fenced(
                            "prepare-pass",
                            String.valueOf(number),
                            upload,
                            String.valueOf(planning.scanned().size()),
                            String.valueOf(files.size())),
                    files);
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

    private FileBundle files(
            Route route,
            PassPlan plan,
            Optional<PassPlan> baseline,
            SourceHomes homes,
            HomesOwnership ownership,
            PlanTotals totals,
            PlanSpool spool) {
        FileBundle files = new FileBundle();
        boolean root = ownership.foreign().isEmpty()
                && (totals.touchesHomesDirectory() || rootMoved(route, homes, ownership.root(), baseline));
        if (root && !spool.hasAttributes()) {
            // What is above it comes along.
            spool.attributes("./" + homes.names().getFirst());
        }
        if (spool.isEmpty()) {
            files.add("nothing", "");
        }
        List<Batch> batches = Batches.divide(totals.chunks(), settings.workers());
        boolean inOne = batches.size() == 1 && !batches.getFirst().recursive();
        Map<String, Batch> named = new TreeMap<>();
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            String directory = "batch-%05d".formatted(i + 1);
            String name = directory + "/";
            named.put(directory, batch);
            spool.addBatch(files, name + "list", batch, inOne);
            flag(files, name + "recursive", batch.recursive());
            flag(files, name + "forced", batch.forced());
            flag(files, name + "root", root && inOne);
            flag(files, name + "short", !inOne && !batch.forced() && batch.bytes() <= SHORT_BYTES);
        }
        spool.addLists(files, !inOne);
        files.add("homes", spool.shares().build(totals.homes(), named).bytes());
        flag(files, "root", root && !inOne);
        flag(files, "untrusted", !ownership.trusted());
        files.add("plan", plan.text());
        files.add("runner.sh", HostScripts.text("runner"));
        files.add("trash.sh", HostScripts.text("trash"));
        files.add("route.sh", HostScripts.text("route"));
        for (String script : TAR_SCRIPTS) {
            files.add(script + ".sh", HostScripts.text(script));
        }
        return files;
    }

    /** What rsync has to be told of the options of homes. */
    private static void addOptions(FileBundle files, Route route, Set<HomesConsent> losses) {
        route.options().ownership().ifPresent(owner -> files.add("owner", owner + "\n"));
        flag(files, "without-acls", losses.contains(HomesConsent.LOSE_ACLS));
        flag(files, "without-xattrs", losses.contains(HomesConsent.LOSE_ATTRIBUTES));
    }

    private static void flag(FileBundle files, String name, boolean set) {
        if (set) {
            files.add(name, "");
        }
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
