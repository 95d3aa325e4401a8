package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import dev.hubferry.orchestrator.saga.engine.Passage.Broken;
import dev.hubferry.orchestrator.saga.engine.SagaState.Compensating;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;

/**
 * Walks the table from the bottom and undoes every step that was ever sent, also one that failed or was withdrawn: nobody knows how
 * far it came. Parallel branches are undone together.
 */
final class Backward {
    private final Turn turn;

    Backward(Turn turn) {
        this.turn = turn;
    }

    /** Turns round: withdraws what is in flight or waits, then undoes what can be undone already. */
    SagaState begin(Running running, String cause) {
        turn.happened(new MigrationEvent.CompensationStarted(cause));
        turn.definition().steps().forEach(step -> stop(step, cause));
        turn.definition().nodes().forEach(this::stopWaiting);
        return go(running.with(turn.ledger()).compensating(cause, turn.now()));
    }

    SagaState go(Compensating compensating) {
        if (awaitsForwardReply()) {
            return compensating.with(turn.ledger());
        }
        for (Node node : turn.definition().nodes().reversed()) {
            switch (undo(node)) {
                case Passage.Clear _ -> {}
                case Passage.Busy _ -> {
                    return compensating.with(turn.ledger());
                }
                case Broken broken -> {
                    return failed(compensating, broken);
                }
            }
        }
        turn.happened(new MigrationEvent.MigrationRolledBack(compensating.cause()));
        return compensating.with(turn.ledger()).rolledBack(turn.now());
    }

    private SagaState failed(Compensating compensating, Broken broken) {
        String cause = broken.cause() + " (the migration was being taken back, since " + compensating.cause() + ")";
        turn.happened(new MigrationEvent.MigrationParked(broken.at(), Direction.UNDO, cause));
        return compensating.with(turn.ledger()).parked(broken.at(), Direction.UNDO, cause, turn.now());
    }

    private void stop(Step step, String cause) {
        switch (turn.ledger().step(step.name()).forward()) {
            case Run.InFlight run -> turn.withdraw(step, run, cause);
            case Run.AwaitingRetry run -> turn.set(step, Direction.DO, run.givenUp(turn.now()));
            case Run.Queued run -> turn.set(step, Direction.DO, run.was());
            case Run.NotStarted _, Run.Cancelling _, Run.Succeeded _, Run.Failed _, Run.Skipped _ -> {}
        }
    }

    private void stopWaiting(Node node) {
        switch (node) {
            case Approval approval -> {
                if (turn.ledger().gate(approval.gate()) instanceof GateState.Waiting waiting) {
                    turn.set(approval.gate(), waiting.withdrawn(turn.now()));
                }
            }
            case Timer timer -> {
                if (turn.ledger().timer(timer.name()) instanceof TimerState.Waiting waiting) {
                    turn.set(timer.name(), waiting.withdrawn(turn.now()));
                }
            }
            case Step _, Parallel _ -> {}
        }
    }

    private boolean awaitsForwardReply() {
        return turn.definition().steps().stream()
                .map(step -> turn.ledger().step(step.name()).forward())
                .anyMatch(run -> run instanceof Run.InFlight || run instanceof Run.Cancelling);
    }

    private Passage undo(Node node) {
        return switch (node) {
            case Step step -> undo(step);
            case Parallel parallel ->
                Passage.ofAll(parallel.steps().stream().map(this::undo).toList());
            case Approval _, Timer _ -> Passage.CLEAR;
        };
    }

    private Passage undo(Step step) {
        StepState state = turn.ledger().step(step.name());
        if (!state.forward().everSent() || step.undo() instanceof Undo.Nothing) {
            return Passage.CLEAR;
        }
        return switch (state.back()) {
            case Run.NotStarted idle -> {
                turn.sendOrFail(step, Direction.UNDO, idle.sent(turn.now()));
                yield undo(step);
            }
            case Run.Queued _, Run.InFlight _, Run.Cancelling _, Run.AwaitingRetry _ -> Passage.BUSY;
            case Run.Succeeded _, Run.Skipped _ -> Passage.CLEAR;
            case Run.Failed failed ->
                new Broken(step.name(), Forward.describe("undo of " + step.name(), failed.failure()), true);
        };
    }
}
