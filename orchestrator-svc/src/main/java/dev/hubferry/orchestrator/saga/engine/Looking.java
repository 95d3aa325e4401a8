package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Walks the table of a {@link Aim.Survey}: asks whatever can be asked already, wherever it stands in the table, so that no failure and no
 * silence of one step hides what another finds. It ends when nothing is awaited any more, and always well.
 */
final class Looking {
    private final Turn turn;
    private final Running running;

    Looking(Turn turn, Running running) {
        this.turn = turn;
        this.running = running;
    }

    SagaState go() {
        boolean busy = false;
        for (Step step : turn.definition().steps()) {
            busy = isBusy(step, busy) || busy;
        }
        if (busy) {
            return running.with(turn.ledger());
        }
        turn.happened(new MigrationEvent.MigrationCompleted());
        return running.with(turn.ledger()).completed(turn.now());
    }

    /** @param above whether a step above is awaited, whose answer this one may need */
    private boolean isBusy(Step step, boolean above) {
        return switch (turn.ledger().step(step.name()).forward()) {
            case Run.NotStarted idle -> start(step, idle, above);
            case Run.AwaitingRetry run when run.dueAt().isAfter(turn.now()) -> true;
            case Run.AwaitingRetry run -> send(step, run.sent(turn.now()));
            case Run.Queued _, Run.InFlight _, Run.Cancelling _ -> true;
            case Run.Succeeded _, Run.Skipped _, Run.Failed _ -> false;
        };
    }

    private boolean start(Step step, Run.NotStarted idle, boolean above) {
        if (!above) {
            return send(step, idle.sent(turn.now()));
        }
        // What it needs may come yet, so that its command cannot be made now says nothing.
        Optional<Rejected> unused = turn.trySend(step, Direction.DO, idle.sent(turn.now()));
        return true;
    }

    private boolean send(Step step, Run.InFlight run) {
        turn.sendOrFail(step, Direction.DO, run);
        return !turn.ledger().step(step.name()).forward().ended();
    }

    /** The time is over: who has not answered has been found silent, and need not look any more. */
    Decision over(Duration deadline) {
        for (Step step : turn.definition().steps()) {
            switch (turn.ledger().step(step.name()).forward()) {
                case Run.InFlight run -> giveUp(step, run, deadline);
                case Run.AwaitingRetry run -> turn.set(step, Direction.DO, run.givenUp(turn.now()));
                case Run.NotStarted _,
                        Run.Queued _,
                        Run.Cancelling _,
                        Run.Succeeded _,
                        Run.Skipped _,
                        Run.Failed _ -> {}
            }
        }
        return turn.goOn(running.with(turn.ledger()));
    }

    private void giveUp(Step step, Run.InFlight run, Duration deadline) {
        String who = step.participant().wireName();
        Problem silence = new Problem(
                ErrorCode.MESSAGE_LOST,
                step.name(),
                "no answer came from %s within %d s".formatted(who, deadline.toSeconds()),
                "see that the service for %s runs, reaches Kafka, and is not at work on the same thing for somebody else; then ask again"
                        .formatted(who));
        turn.withdrawAgain(
                step, new StepRef(step.name(), Direction.DO, run.attempt()), "nobody waits for its answer any more");
        turn.givenUp(step, run, Rejected.of(List.of(silence)));
    }
}
