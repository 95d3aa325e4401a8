package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.Passage.Broken;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Instant;
import java.util.Map;

/** Walks the table from the top and starts whatever may start, until something is awaited, the end is reached or a row failed. */
final class Forward {
    private final Turn turn;

    Forward(Turn turn) {
        this.turn = turn;
    }

    SagaState go(Running running) {
        for (Node node : turn.definition().nodes()) {
            switch (enter(node)) {
                case Passage.Clear _ -> {}
                case Passage.Busy _ -> {
                    return running.with(turn.ledger());
                }
                case Broken broken -> {
                    return failed(running, broken);
                }
            }
        }
        turn.happened(new MigrationEvent.MigrationCompleted());
        return running.with(turn.ledger()).completed(turn.now());
    }

    private SagaState failed(Running running, Broken broken) {
        Running reached = running.with(turn.ledger());
        if (!turn.definition().pivotPassed(turn.ledger())) {
            return new Backward(turn).begin(reached, broken.cause());
        }
        turn.happened(new MigrationEvent.MigrationParked(broken.at(), Direction.DO, broken.cause()));
        return reached.parked(broken.at(), Direction.DO, broken.cause(), turn.now());
    }

    private Passage enter(Node node) {
        return switch (node) {
            case Step step -> enter(step);
            case Parallel parallel ->
                Passage.ofAll(parallel.steps().stream().map(this::enter).toList());
            case Approval approval -> enter(approval);
            case Timer timer -> enter(timer);
        };
    }

    private Passage enter(Step step) {
        return switch (turn.ledger().step(step.name()).forward()) {
            case Run.NotStarted idle -> start(step, idle);
            case Run.InFlight _, Run.Cancelling _, Run.AwaitingRetry _ -> Passage.BUSY;
            case Run.Succeeded _ -> Passage.CLEAR;
            case Run.Failed failed -> new Broken(step.name(), describe(step.name(), failed.failure()));
        };
    }

    private Passage start(Step step, Run.NotStarted idle) {
        try {
            turn.send(step, Direction.DO, idle.sent(turn.now()));
            return Passage.BUSY;
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Nothing was sent: what earlier steps answered does not make a command. Standing still silently would be
            // worse.
            return new Broken(
                    step.name(),
                    describe(
                            step.name(),
                            Rejected.of(ErrorCode.UNEXPECTED, "its command cannot be made: " + e.getMessage())));
        }
    }

    private Passage enter(Approval approval) {
        String gate = approval.gate();
        return switch (turn.ledger().gate(gate)) {
            case GateState.NotAsked idle -> {
                Instant expiresAt =
                        turn.now().plus(turn.context().spec().approvals().expiry());
                turn.set(gate, idle.asked(turn.now(), expiresAt));
                turn.alarm(new TimerKey.GateExpiry(gate), expiresAt);
                turn.happened(new MigrationEvent.ApprovalAwaited(gate, expiresAt));
                yield Passage.BUSY;
            }
            case GateState.Waiting _ -> Passage.BUSY;
            case GateState.Approved _ -> Passage.CLEAR;
            case GateState.Rejected no ->
                new Broken(
                        gate,
                        gate + " was rejected by " + no.by() + (no.comment().isBlank() ? "" : ": " + no.comment()));
            case GateState.Expired _ -> new Broken(gate, "nobody answered " + gate + " in time");
            case GateState.Withdrawn _ -> new Broken(gate, gate + " was withdrawn");
        };
    }

    private Passage enter(Timer timer) {
        return switch (turn.ledger().timer(timer.name())) {
            case TimerState.NotStarted idle -> start(timer, idle);
            case TimerState.Waiting _ -> Passage.BUSY;
            case TimerState.Elapsed _ -> Passage.CLEAR;
            case TimerState.Withdrawn _ -> new Broken(timer.name(), timer.name() + " was withdrawn");
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
        elapsed(turn, timer.name(), waiting);
        return Passage.CLEAR;
    }

    static void elapsed(Turn turn, String timer, TimerState.Waiting waiting) {
        turn.set(timer, waiting.elapsed(turn.now()));
        turn.happened(new MigrationEvent.StepSucceeded(timer, Direction.DO, 1, Map.of()));
    }

    static String describe(String step, Rejected failure) {
        return step + " failed: " + failure.code() + ": " + failure.detail();
    }
}
