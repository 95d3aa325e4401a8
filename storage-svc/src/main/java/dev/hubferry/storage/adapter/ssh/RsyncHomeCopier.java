package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.adapter.ssh.PassPlan.End;
import dev.hubferry.storage.adapter.ssh.PassWatcher.Followed;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies homes with a few rsyncs, or tar streams, that run on the target, detached, and pull from the source.
 *
 * <pre>
 *   this service                     target                               source
 *   scan ─────────────────────────────────────────────────────────────────► find
 *   plan of pass N ────────────────► run directory: lists, scan, plan
 *   start (epoch) ─────────────────► runner: workers ─────────────────────► forced command: rsync or tar
 *   look, look, look … ────────────► progress, exit codes
 * </pre>
 *
 * Everything that a pass needs stands in the run directory before the runner starts, so whoever comes next finds it there.
 */
public final class RsyncHomeCopier implements HomeCopier {
    private static final Followed NOTHING_TO_DO =
            new Followed(new End.Ended(0, Duration.ZERO), new RsyncProgress(0, 0));

    private final SshHosts hosts;
    private final PassPreparation preparation;
    private final PassWatcher watcher;

    public RsyncHomeCopier(SshHosts hosts, CopySettings settings, Clock clock) {
        this.hosts = hosts;
        this.preparation = new PassPreparation(hosts, settings, clock);
        this.watcher = new PassWatcher(settings);
    }

    @Override
    public List<FinishedPass> finished(Route route, String command) throws InterruptedException {
        RemoteShell target = hosts.shell(route.target().storage());
        TargetPlaces places = TargetPlaces.of(route);
        List<FinishedPass> finished = new ArrayList<>();
        for (PassPlan plan : passes(target, places.run())) {
            boolean asked = plan.command().equals(command) && plan.isGoodEnough();
            if (asked && plan.end() instanceof End.Ended ended) {
                finished.add(watcher.report(target, places, plan, ended));
            }
        }
        return finished;
    }

    @Override
    public Optional<FinishedPass> resume(Route route, CommandRun run) throws InterruptedException {
        RunDirectory directory = directory(route, run);
        Optional<PassPlan> plan = underWay(passes(directory.shell(), directory.path()), run);
        return plan.isEmpty()
                ? Optional.empty()
                : Optional.of(finish(directory, TargetPlaces.of(route), plan.get(), run));
    }

    @Override
    public FinishedPass run(Route route, PassOrder order, CommandRun run) throws InterruptedException {
        RunDirectory directory = directory(route, run);
        List<PassPlan> known = passes(directory.shell(), directory.path());
        Optional<PassPlan> underWay = underWay(known, run);
        PassPlan plan = underWay.isPresent() ? underWay.get() : prepare(route, order, run, known);
        return finish(directory, TargetPlaces.of(route), plan, run);
    }

    private RunDirectory directory(Route route, CommandRun run) throws InterruptedException {
        return new RunDirectory(
                hosts.shell(route.target().storage()), TargetPlaces.of(route).run(), run);
    }

    private static Optional<PassPlan> underWay(List<PassPlan> known, CommandRun run) {
        return known.stream()
                .filter(plan -> plan.isOpen() && plan.prepared())
                .filter(plan -> plan.command().equals(run.command().value()))
                .findFirst();
    }

    /** Waits for the end of a pass that is prepared, and maybe under way. */
    private FinishedPass finish(RunDirectory directory, TargetPlaces places, PassPlan plan, CommandRun run)
            throws InterruptedException {
        Followed followed = plan.isOpen() ? watcher.follow(directory, places, plan, run) : NOTHING_TO_DO;
        PassPlan done = plan.ended(followed.end());
        if (!done.isComplete() || !done.isGoodEnough()) {
            refuse(directory, places, done, followed.end());
        }
        return watcher.report(directory.shell(), places, done, followed);
    }

    private PassPlan prepare(Route route, PassOrder order, CommandRun run, List<PassPlan> known)
            throws InterruptedException {
        List<PassPlan> prepared = known.stream().filter(PassPlan::prepared).toList();
        int number = prepared.isEmpty() ? 1 : prepared.getLast().number() + 1;
        return preparation.prepare(route, order, run, number, prepared);
    }

    private static List<PassPlan> passes(RemoteShell target, String run) throws InterruptedException {
        HostResult result = target.run(HostCommand.script("passes", run));
        if (result.exit() != 0) {
            throw RunDirectory.failure(target, result);
        }
        return PassPlan.parse(result.text());
    }

    /** Throws unless what was left out can be left to a later pass. */
    private static void refuse(RunDirectory directory, TargetPlaces places, PassPlan plan, End.Ended ended)
            throws InterruptedException {
        PassErrors errors = PassErrors.read(directory.shell(), places, plan.number());
        if (errors.targetFull()) {
            throw errors.full();
        }
        if (errors.hostKeyChanged()) {
            throw Refusal.of(ErrorCode.HOST_KEY_CHANGED, "the target refuses the source: " + errors.named());
        }
        if (!plan.isGoodEnough()) {
            throw Refusal.of(
                    ErrorCode.COPY_FAILED,
                    "%s pass %d ended with exit code %d: %s"
                            .formatted(
                                    plan.kind() == PassReport.Kind.SEED ? "seed" : "final",
                                    plan.number(),
                                    ended.code(),
                                    errors.named()));
        }
    }
}
