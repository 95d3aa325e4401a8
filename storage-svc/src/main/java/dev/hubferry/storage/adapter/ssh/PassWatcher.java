package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.adapter.ssh.PassPlan.End;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.WorkerCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Starts the runner of a pass and looks after it until it has ended, over lost connections and from one life of the service to the next. */
final class PassWatcher {
    /** Of each output, while it runs: enough for a line of progress. */
    private static final String GLANCE = "160";

    /** Of each output, after its end: enough for the statistics. */
    private static final String WHOLE = "3000";

    /** How often a runner that died (the host was restarted, someone killed it) is started again. */
    private static final int RESTARTS = 3;

    private final CopySettings settings;

    PassWatcher(CopySettings settings) {
        this.settings = settings;
    }

    /**
     * How a runner ended.
     *
     * @param end its exit code and time
     * @param sums what its rsyncs say they did
     */
    record Followed(End.Ended end, RsyncProgress sums) {}

    /** Returns when the runner has ended. */
    Followed follow(RunDirectory directory, TargetPlaces places, PassPlan plan, CommandRun run)
            throws InterruptedException {
        WorkerCount workers = new WorkerCount(settings.workers());
        start(directory, places, plan, workers.wanted());
        int told = workers.wanted();
        PassProgress progress = new PassProgress(directory.shell(), places, plan);
        int restarts = 0;
        long seen = System.nanoTime();
        while (true) {
            run.ensureHeld();
            try {
                PassStatus status = glance(directory.shell(), places, plan, settings.pollInterval());
                seen = System.nanoTime();
                String state = status.state();
                RsyncProgress sums = status.sums();
                if (state.startsWith("ended ")) {
                    return new Followed(End.Ended.parse(state.substring("ended ".length())), sums);
                }
                if (state.equals("dead")) {
                    restarts++;
                    restart(directory, places, plan, restarts, workers.wanted());
                }
                run.report(progress.seen(seen, status));
                if (settings.bandwidthLimit().isEmpty()) {
                    told = adjust(directory, workers.seen(seen, sums.work()), told);
                }
            } catch (Refusal e) {
                if (!e.isTransient()
                        || System.nanoTime() - seen > settings.patience().toNanos()) {
                    throw e;
                }
                Thread.sleep(settings.pollInterval());
            }
        }
    }

    /** What a pass did that ended in another life of this service. */
    FinishedPass report(RemoteShell target, TargetPlaces places, PassPlan plan, End.Ended ended)
            throws InterruptedException {
        RsyncProgress sums = glance(target, places, plan, Duration.ZERO).sums();
        return report(target, places, plan, new Followed(ended, sums));
    }

    /** What a pass did that has ended. */
    FinishedPass report(RemoteShell target, TargetPlaces places, PassPlan plan, Followed followed)
            throws InterruptedException {
        List<String> incomplete = plan.isComplete()
                ? List.of()
                : PassErrors.read(target, places, plan.number()).lines();
        PassReport report = new PassReport(
                plan.number(),
                plan.kind(),
                plan.startedAt(),
                plan.endedAt(followed.end()),
                plan.entries(),
                followed.sums().sent(),
                followed.sums().bytes(),
                plan.work().cleared());
        return new FinishedPass(report, incomplete);
    }

    /**
     * Says how many workers are wanted when it is not what was told.
     *
     * @return what was told last: a host that cannot be told now is told later, and meanwhile only time is lost
     */
    private static int adjust(RunDirectory directory, int wanted, int told) throws InterruptedException {
        return wanted == told || directory.put("workers", wanted + "\n") ? wanted : told;
    }

    @Failpoint("storage.pass.start")
    private void start(RunDirectory directory, TargetPlaces places, PassPlan plan, int workers)
            throws InterruptedException {
        directory.require(directory.fenced(
                "start",
                String.valueOf(plan.number()),
                switch (plan.kind()) {
                    case SEED -> "seed";
                    case FINAL -> "final";
                },
                places.homes(),
                String.valueOf(settings.patience().toSeconds()),
                String.valueOf(settings.bandwidthLimit().isEmpty() ? workers : settings.workers()),
                settings.kilobytesForWorker()));
    }

    private void restart(RunDirectory directory, TargetPlaces places, PassPlan plan, int times, int workers)
            throws InterruptedException {
        if (times > RESTARTS) {
            PassErrors errors = PassErrors.read(directory.shell(), places, plan.number());
            if (errors.targetFull()) {
                throw errors.full();
            }
            throw Refusal.of(
                    ErrorCode.COPY_FAILED,
                    "the runner of pass %d on %s died %d times"
                            .formatted(plan.number(), directory.shell().label(), times));
        }
        start(directory, places, plan, workers);
    }

    /** As soon as the pass has ended, else after {@code patience}. */
    private static PassStatus glance(RemoteShell target, TargetPlaces places, PassPlan plan, Duration patience)
            throws InterruptedException {
        String seconds = BigDecimal.valueOf(patience.toMillis(), 3).toPlainString();
        HostResult result = target.run(
                HostCommand.script("status", places.run(), String.valueOf(plan.number()), GLANCE, WHOLE, seconds));
        if (result.exit() == RunDirectory.REPLACED || result.exit() == RunDirectory.NOT_OPEN) {
            throw RunDirectory.failure(target, result);
        }
        PassStatus status = PassStatus.parse(result.text());
        if (result.exit() != 0 || status.state().isEmpty()) {
            // The host could not say, which tells nothing of the runner: it is asked again, as after a lost connection.
            throw Refusal.of(ErrorCode.COPY_FAILED, result.describe(target.label()));
        }
        return status;
    }
}
