package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.Decision.Ignore;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.Decision.Refuse;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.saga.engine.SagaState.Compensating;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.Parked;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Instant;
import java.util.Optional;

/** The engine: pure functions from what is known and what happened to what comes next. */
public final class Decider {
    private Decider() {}

    /** The first decision of a migration; always an {@link Decision.Advance}. */
    public static Decision.Advance begin(SagaDefinition definition, Subject subject, Instant now) {
        Running running = new Running(subject, Ledger.EMPTY);
        requireOwn(definition, running);
        Turn turn = new Turn(definition, subject, Ledger.EMPTY, now);
        turn.happened(new MigrationEvent.MigrationRequested(subject.spec(), definition.id(), subject.requestedBy()));
        return turn.endsAs(new Forward(turn).go(running));
    }

    /**
     * What the saga makes of an event.
     *
     * @param definition the one that the migration began with
     * @throws IllegalArgumentException when it is another one
     */
    public static Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
        requireOwn(definition, state);
        Turn turn = new Turn(definition, state.subject(), state.ledger(), now);
        return switch (event) {
            case SagaEvent.Replied replied -> replied(turn, state, replied);
            case SagaEvent.TimerFired fired -> fired(turn, state, fired.key());
            case SagaEvent.GateAnswered answered -> answered(turn, state, answered);
            case SagaEvent.AbortAsked asked -> aborted(turn, state, asked);
        };
    }

    private static Decision replied(Turn turn, SagaState state, SagaEvent.Replied event) {
        StepRef ref = event.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (!(state instanceof Active active)) {
            return new Ignore("a reply to %s, but the migration is %s".formatted(text(ref), describe(state)));
        }
        if (step.isEmpty()) {
            return new Ignore("a reply to %s, which is no step of %s"
                    .formatted(text(ref), turn.definition().id()));
        }
        switch (turn.ledger().step(ref.name()).run(ref.direction())) {
            case Run.InFlight run when run.attempt() == ref.attempt() -> turn.answered(step.get(), run, event);
            case Run.Cancelling run when run.attempt() == ref.attempt() -> turn.answered(step.get(), run, event);
            case Run.InFlight run -> {
                return new Ignore("a reply to %s, but attempt %d is in flight".formatted(text(ref), run.attempt()));
            }
            case Run.Cancelling run -> {
                return new Ignore("a reply to %s, but attempt %d is in flight".formatted(text(ref), run.attempt()));
            }
            case Run.NotStarted _, Run.AwaitingRetry _, Run.Succeeded _, Run.Failed _ -> {
                return new Ignore("a reply to %s, which is not in flight".formatted(text(ref)));
            }
        }
        return goOn(turn, active);
    }

    private static Decision fired(Turn turn, SagaState state, TimerKey key) {
        if (!(state instanceof Active active)) {
            return new Ignore("a timer, but the migration is " + describe(state));
        }
        return switch (key) {
            case TimerKey.Retry retry -> retry(turn, active, retry);
            case TimerKey.GateExpiry expiry -> expired(turn, active, expiry);
            case TimerKey.WaitOver over -> waited(turn, active, over);
        };
    }

    private static Decision retry(Turn turn, Active state, TimerKey.Retry key) {
        StepRef ref = key.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (step.isPresent()
                && turn.ledger().step(ref.name()).run(ref.direction()) instanceof Run.AwaitingRetry run
                && run.attempt() == ref.attempt()) {
            if (turn.now().isBefore(run.dueAt())) {
                turn.alarm(key, run.dueAt());
                return turn.endsAs(state);
            }
            turn.send(step.get(), ref.direction(), run.sent(turn.now()));
            return goOn(turn, state);
        }
        return new Ignore("a timer for %s, which waits for no retry".formatted(text(ref)));
    }

    private static Decision expired(Turn turn, Active state, TimerKey.GateExpiry key) {
        if (!(turn.ledger().gate(key.gate()) instanceof GateState.Waiting waiting)) {
            return new Ignore("the expiry of gate %s, which does not wait".formatted(key.gate()));
        }
        if (turn.now().isBefore(waiting.expiresAt())) {
            turn.alarm(key, waiting.expiresAt());
            return turn.endsAs(state);
        }
        turn.set(key.gate(), waiting.expired(turn.now()));
        turn.happened(new MigrationEvent.ApprovalExpired(key.gate()));
        return goOn(turn, state);
    }

    private static Decision waited(Turn turn, Active state, TimerKey.WaitOver key) {
        if (!(turn.ledger().timer(key.timer()) instanceof TimerState.Waiting waiting)) {
            return new Ignore("the end of timer %s, which does not wait".formatted(key.timer()));
        }
        if (turn.now().isBefore(waiting.until())) {
            turn.alarm(key, waiting.until());
            return turn.endsAs(state);
        }
        Forward.elapsed(turn, key.timer(), waiting);
        return goOn(turn, state);
    }

    private static Decision answered(Turn turn, SagaState state, SagaEvent.GateAnswered event) {
        String gate = event.gate();
        boolean known = turn.definition().nodes().stream().anyMatch(new Node.Approval(gate)::equals);
        if (!known) {
            return new Refuse(
                    Refusal.GATE_UNKNOWN,
                    "%s has no gate %s".formatted(turn.definition().id(), gate));
        }
        if (!(state instanceof Active active) || !(turn.ledger().gate(gate) instanceof GateState.Waiting waiting)) {
            String why = "gate %s does not wait for an answer: it is %s; the migration is %s"
                    .formatted(gate, describe(turn.ledger().gate(gate)), describe(state));
            return new Refuse(Refusal.GATE_NOT_WAITING, why);
        }
        turn.set(
                gate,
                event.approved()
                        ? waiting.approved(turn.now(), event.by(), event.comment())
                        : waiting.rejected(turn.now(), event.by(), event.comment()));
        turn.happened(new MigrationEvent.ApprovalAnswered(gate, event.approved(), event.by(), event.comment()));
        return goOn(turn, active);
    }

    private static Decision aborted(Turn turn, SagaState state, SagaEvent.AbortAsked event) {
        return switch (state) {
            case Running running -> {
                if (turn.definition().pivotPassed(turn.ledger())) {
                    yield new Refuse(
                            Refusal.PIVOT_PASSED,
                            "users may have written on the target already, so the migration can only go forward");
                }
                turn.happened(new MigrationEvent.AbortRequested(event.by(), event.reason()));
                String cause = "%s asked for it: %s".formatted(event.by(), event.reason());
                yield turn.endsAs(new Backward(turn).begin(running, cause));
            }
            case Compensating _ -> new Ignore("an abort, but the migration is being taken back already");
            case Completed _, RolledBack _ -> new Refuse(Refusal.ENDED, "the migration is " + describe(state));
            case Parked parked ->
                new Refuse(
                        Refusal.PARKED, "the migration is parked at %s: %s".formatted(parked.step(), parked.cause()));
        };
    }

    private static Decision goOn(Turn turn, Active state) {
        return turn.endsAs(
                switch (state) {
                    case Running running -> new Forward(turn).go(running);
                    case Compensating compensating -> new Backward(turn).go(compensating);
                });
    }

    private static String text(StepRef ref) {
        return "attempt %d of %s (%s)"
                .formatted(ref.attempt(), ref.name(), ref.direction().wireName());
    }

    private static String describe(SagaState state) {
        return switch (state) {
            case Running _ -> "running";
            case Compensating _ -> "being taken back";
            case Completed _ -> "completed";
            case RolledBack _ -> "rolled back";
            case Parked _ -> "parked";
        };
    }

    private static String describe(GateState gate) {
        return switch (gate) {
            case GateState.NotAsked _ -> "not reached yet";
            case GateState.Waiting _ -> "waiting";
            case GateState.Approved by -> "approved by " + by.by();
            case GateState.Rejected by -> "rejected by " + by.by();
            case GateState.Expired _ -> "expired";
            case GateState.Withdrawn _ -> "withdrawn";
        };
    }

    private static void requireOwn(SagaDefinition definition, SagaState state) {
        if (!definition.id().equals(state.subject().definition())) {
            throw new IllegalArgumentException("migration %s began with %s, not with %s"
                    .formatted(state.subject().migration(), state.subject().definition(), definition.id()));
        }
    }
}
