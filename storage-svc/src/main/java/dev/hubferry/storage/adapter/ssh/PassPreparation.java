package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.PathText;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Scans the source and writes down on the target what the runner of a pass has to know. */
final class PassPreparation {
    private static final int NAMED = 20;
    private static final int CLASH = 67;

    /** A change within this many seconds before a scan may have come after it with the same ctime: clocks of file systems are coarse. */
    private static final BigDecimal TICK_SECONDS = BigDecimal.valueOf(2);

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
        Optional<PassPlan> baseline = baseline(before);
        Instant startedAt = clock.instant();
        SourceScan scan = new SourceScan(baseline.map(pass -> pass.sourceTime().subtract(TICK_SECONDS))
                .orElse(BigDecimal.valueOf(Long.MAX_VALUE)));
        String upload = "scan." + RunDirectory.commandKey(run) + "." + run.epoch();
        run.ensureHeld();
        BigDecimal sourceTime =
                new SourceLister(hosts).list(route, places.run(), upload, order.kind() == Kind.SEED, scan::add);
        requireHomes(route, scan);
        Ownership ownership = own(route, order, directory, places, scan);
        PassPlan plan = new PassPlan(
                number,
                run.command().value(),
                order.kind(),
                startedAt,
                clock.instant(),
                sourceTime,
                scan.entries(),
                scan.files(),
                scan.bytes(),
                true,
                new PassPlan.End.Open());
        byte[] files = files(plan, baseline, scan, ownership);
        HostCommand write =
                directory.fenced("prepare-pass", String.valueOf(number), upload, String.valueOf(files.length));
        directory.require(write, files);
        return plan;
    }

    private static void requireHomes(Route route, SourceScan scan) {
        if (scan.names().isEmpty()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_EMPTY,
                    route.source().lockKey() + " is empty; nothing was changed on the target. Is it mounted?");
        }
    }

    private byte[] files(PassPlan plan, Optional<PassPlan> baseline, SourceScan scan, Ownership ownership) {
        FileBundle files = new FileBundle();
        int batch = 1;
        for (List<String> homes : scan.batches().divide(settings.workers())) {
            files.add("batch-" + batch + "/homes", RunDirectory.nulSeparated(homes, "./"));
            batch++;
        }
        files.add("suspects", RunDirectory.nulSeparated(scan.suspects(), ""));
        if (plan.kind() == Kind.FINAL && !ownership.gone().isEmpty()) {
            files.add("gone", RunDirectory.nulSeparated(ownership.gone(), "./"));
        }
        if (ownership.foreign().isEmpty()) {
            files.add("owns-directory", "");
        }
        baseline.ifPresent(pass -> files.add("baseline", "pass-" + pass.number() + "/source"));
        files.add("plan", plan.text());
        files.add("runner.sh", HostScripts.text("runner"));
        return files.bytes();
    }

    /**
     * The pass whose scan is old enough to show every change that the target may have missed: the last complete one. While none is,
     * the first one, since nothing on the target is older than its scan.
     */
    static Optional<PassPlan> baseline(List<PassPlan> before) {
        return before.stream()
                .filter(PassPlan::isComplete)
                .reduce((earlier, later) -> later)
                .or(() -> before.stream().findFirst());
    }

    @Failpoint("storage.pass.own")
    private Ownership own(Route route, PassOrder order, RunDirectory directory, TargetPlaces places, SourceScan scan)
            throws InterruptedException {
        byte[] names = RunDirectory.nulSeparated(scan.names(), "");
        HostCommand command = directory.fenced(
                "own",
                places.marks(),
                route.migration().value(),
                places.homes(),
                SourceIdentity.of(hosts, route.source()),
                order.existing() == ExistingHomes.ADOPT_OWN ? "yes" : "no",
                String.valueOf(names.length));
        HostResult result = directory.shell().run(command, names);
        List<String> records = NulRecords.of(result.text());
        if (result.exit() == CLASH) {
            throw Refusal.of(
                    ErrorCode.HOMES_EXIST_ON_TARGET,
                    "these stand on %s and were not made by this migration: %s"
                            .formatted(route.target().lockKey(), PathText.show(tagged(records, 'C'), NAMED)));
        }
        if (result.exit() != 0) {
            throw RunDirectory.failure(directory.shell(), result);
        }
        Ownership ownership = new Ownership(tagged(records, 'F'), tagged(records, 'G'));
        if (order.kind() == Kind.FINAL && ownership.gone().size() > scan.names().size()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_EMPTY,
                    "%d of %d homes that an earlier pass has seen are gone from %s; nothing was changed on the target. Is everything mounted?"
                            .formatted(
                                    ownership.gone().size(),
                                    ownership.gone().size() + scan.names().size(),
                                    route.source().lockKey()));
        }
        return ownership;
    }

    static List<String> tagged(List<String> records, char tag) {
        return records.stream()
                .filter(record -> record.charAt(0) == tag)
                .map(record -> record.substring(1))
                .toList();
    }

    /**
     * @param foreign names on the target that are not this migration's
     * @param gone homes of this migration that the source no longer has
     */
    private record Ownership(List<String> foreign, List<String> gone) {}
}
