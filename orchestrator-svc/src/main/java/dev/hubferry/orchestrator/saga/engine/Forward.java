package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.Passage.Broken;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the table from the top and starts whatever may start, until something is awaited, the end is reached or a row failed. */
final class Forward {
    private final Turn turn;
    private final Running running;
    private final Gates gates;

    Forward(Turn turn, Running running) {
        this.turn = turn;
        this.gates = new Gates(turn);
        this.running = running;
    }

    SagaState go() {
        for (Node node : turn.definition().nodes()) {
            switch (enter(node)) {
                case Passage.Clear _ -> {}
                case Passage.Busy _ -> {
                    return running.with(turn.ledger());
                }
                case Broken broken -> {
                    return failed(broken);
                }
            }
        }
        turn.happened(new MigrationEvent.MigrationCompleted());
        return running.with(turn.ledger()).completed(turn.now());
    }

    private SagaState failed(Broken broken) {
        Running reached = running.with(turn.ledger());
        if (!parks(broken)) {
            return new Backward(turn).begin(reached, broken.cause());
        }
        turn.happened(new MigrationEvent.MigrationParked(broken.at(), Direction.DO, broken.cause()));
        return reached.parked(broken.at(), Direction.DO, broken.cause(), turn.now());
    }

    /**
     * Whether a failure waits for a person instead of taking the migration back: from the pivot on always; above it when a person can
     * mend it, but while the hub is down only if the spec wants users to wait for one.
     */
    private boolean parks(Broken broken) {
        if (turn.definition().pivotPassed(turn.ledger())) {
            return true;
        }
        boolean patient = turn.context().spec().cutover().onTrouble() == OnTrouble.PARK
                || !turn.definition().inDowntime(turn.ledger());
        return broken.mends() && patient;
    }

    /** A queued step has its slots. */
    SagaState granted(Step step, Run.Queued queued) {
        if (step.mark() == Mark.CLOSES && gates.askAgainAboutBudget()) {
            turn.set(step, Direction.DO, queued.was());
            return running.with(turn.ledger());
        }
        turn.happened(new MigrationEvent.SlotsGranted(step.name(), Slot.keys(turn.slotsOf(step))));
        turn.set(step, Direction.DO, queued.was());
        return switch (send(step, queued.sent(turn.now()))) {
            case Passage.Clear _, Passage.Busy _ -> go();
            case Broken broken -> failed(broken);
        };
    }

    /** Whether nothing new may begin now: a pause never lengthens a downtime. */
    static boolean isHeld(Turn turn, Running running) {
        return Claims.isPaused(turn.definition(), running.with(turn.ledger()));
    }

    private boolean isHeld() {
        return isHeld(turn, running);
    }

    private Passage enter(Parallel parallel) {
        List<Passage> branches = parallel.steps().stream().map(this::enter).toList();
        Passage all = Passage.ofAll(branches);
        return parallel.hasty() && all instanceof Passage.Busy
                ? Passage.firstBroken(branches)
                        .filter(broken -> !parks(broken))
                        .<Passage>map(b -> b)
                        .orElse(all)
                : all;
    }

    private Passage enter(Node node) {
        return switch (node) {
            case Step step -> enter(step);
            case Parallel parallel -> enter(parallel);
            case Approval approval -> enter(approval);
            case Timer timer -> enter(timer);
        };
    }

    private Passage enter(Step step) {
        return switch (turn.ledger().step(step.name()).forward()) {
            case Run.NotStarted idle -> isHeld() ? Passage.BUSY : start(step, idle);
            case Run.AwaitingRetry run -> isHeld() || run.dueAt().isAfter(turn.now()) ? Passage.BUSY : again(step, run);
            case Run.Queued _, Run.InFlight _, Run.Cancelling _ -> Passage.BUSY;
            case Run.Succeeded _, Run.Skipped _ -> Passage.CLEAR;
            case Run.Failed failed ->
                new Broken(
                        step.name(),
                        describe(step.name(), failed.failure()),
                        failed.failure().category() == ErrorCategory.NEEDS_OPERATOR);
        };
    }

    private Passage start(Step step, Run.NotStarted idle) {
        if (step.mark() == Mark.CLOSES && gates.askAgainAboutBudget()) {
            return Passage.BUSY;
        }
        if (turn.slotsOf(step).isEmpty()) {
            return send(step, idle.sent(turn.now()));
        }
        turn.queue(step, idle, running.priority());
        return Passage.BUSY;
    }

    private Passage again(Step step, Run.AwaitingRetry run) {
        turn.sendOrFail(step, Direction.DO, run.sent(turn.now()));
        return enter(step);
    }

    /** What earlier steps answered may make no command. */
    private Passage send(Step step, Run.InFlight run) {
        return turn.trySend(step, Direction.DO, run)
                .<Passage>map(failure -> new Broken(step.name(), describe(step.name(), failure), false))
                .orElse(Passage.BUSY);
    }

    private Passage enter(Approval approval) {
        String gate = approval.gate();
        return switch (turn.ledger().gate(gate)) {
            case GateState.NotAsked _ when isHeld() -> Passage.BUSY;
            case GateState.NotAsked idle -> {
                gates.ask(gate, idle.asked(turn.now(), gates.expiry()));
                yield Passage.BUSY;
            }
            case GateState.Waiting _ -> Passage.BUSY;
            case GateState.Approved _ -> Passage.CLEAR;
            case GateState.Rejected no ->
                new Broken(
                        gate,
                        gate + " was rejected by " + no.by() + (no.comment().isBlank() ? "" : ": " + no.comment()),
                        false);
            case GateState.Expired _ -> new Broken(gate, "nobody answered " + gate + " in time", false);
            case GateState.Withdrawn _ -> new Broken(gate, gate + " was withdrawn", false);
        };
    }

    private Passage enter(Timer timer) {
        return switch (turn.ledger().timer(timer.name())) {
            case TimerState.NotStarted _ when isHeld() -> Passage.BUSY;
            case TimerState.NotStarted idle -> start(timer, idle);
            case TimerState.Waiting waiting ->
                isHeld() || waiting.until().isAfter(turn.now()) ? Passage.BUSY : elapsed(timer, waiting);
            case TimerState.Elapsed _, TimerState.Skipped _ -> Passage.CLEAR;
            case TimerState.Missed _ -> missed(timer);
            case TimerState.Withdrawn _ -> new Broken(timer.name(), timer.name() + " was withdrawn", false);
        };
    }

    private Passage start(Timer timer, TimerState.NotStarted idle) {
        Instant until = timer.until().apply(turn.context());
        TimerState.Waiting waiting = idle.started(turn.now(), until);
        turn.happened(new MigrationEvent.TimerStarted(timer.name(), until));
        if (until.isAfter(turn.now())) {
            turn.set(timer.name(), waiting);
            turn.alarm(new TimerKey.WaitOver(timer.name()), until);
            return Passage.BUSY;
        }
        return elapsed(timer, waiting);
    }

    private Passage elapsed(Timer timer, TimerState.Waiting waiting) {
        Optional<Instant> latest = timer.latest().apply(turn.context().spec());
        if (latest.isPresent() && !turn.now().isBefore(latest.get())) {
            turn.set(timer.name(), waiting.missed(turn.now()));
            turn.happened(new MigrationEvent.TimerMissed(timer.name()));
            return missed(timer);
        }
        turn.set(timer.name(), waiting.elapsed(turn.now()));
        turn.happened(new MigrationEvent.StepSucceeded(timer.name(), Direction.DO, 1, Map.of()));
        return Passage.CLEAR;
    }

    private Passage missed(Timer timer) {
        Optional<Instant> latest = timer.latest().apply(turn.context().spec());
        return new Broken(
                timer.name(),
                "it was too late to go on after " + timer.name()
                        + latest.map(end -> ", which ended at " + end).orElse(""),
                false);
    }

    static String describe(String step, Rejected failure) {
        return step + " failed: " + failure.code() + ": " + failure.detail();
    }
}
