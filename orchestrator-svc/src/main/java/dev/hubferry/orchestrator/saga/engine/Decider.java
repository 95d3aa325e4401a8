package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.Decision.Ignore;
import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine: pure functions from what is known and what happened to what comes next. */
public final class Decider {
    private Decider() {}

    /** The first decision of a migration; always an {@link Decision.Advance}. */
    public static Decision.Advance begin(SagaDefinition definition, Subject subject, Instant now) {
        Running running = Running.begun(subject);
        requireOwn(definition, running);
        Turn turn = new Turn(definition, subject, Ledger.EMPTY, now);
        turn.happened(requested(definition, subject));
        turn.limit();
        Decision.Advance first = turn.goOn(running);
        return first.using(List.of(), Claims.of(definition, first.state()));
    }

    /** A survey that nothing may be asked for; it has ended as it begins. */
    public static Decision.Advance beginAndEnd(SagaDefinition definition, Subject subject, Instant now) {
        Running running = Running.begun(subject);
        requireOwn(definition, running);
        Turn turn = new Turn(definition, subject, Ledger.EMPTY, now);
        turn.happened(requested(definition, subject));
        turn.happened(new MigrationEvent.MigrationCompleted());
        return turn.endsAs(running.completed(now));
    }

    private static MigrationEvent requested(SagaDefinition definition, Subject subject) {
        return new MigrationEvent.MigrationRequested(
                subject.spec(), definition.id(), subject.requestedBy(), PublicRows.of(definition));
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
        return switch (decide(turn, state, event)) {
            case Decision.Advance advance ->
                advance.using(Claims.of(definition, state), Claims.of(definition, advance.state()));
            case Ignore ignore -> ignore;
            case Decision.Refuse refuse -> refuse;
        };
    }

    private static Decision decide(Turn turn, SagaState state, SagaEvent event) {
        return switch (event) {
            case SagaEvent.Replied replied -> replied(turn, state, replied);
            case SagaEvent.StatusTold told -> told(turn, state, told);
            case SagaEvent.TimerFired fired -> new Alarms(turn, state).fired(fired.key());
            case SagaEvent.SlotsGranted granted -> granted(turn, state, granted);
            case SagaEvent.GateAnswered answered -> new Verbs(turn, state).answered(answered);
            case SagaEvent.PauseAsked asked -> new Verbs(turn, state).paused(asked);
            case SagaEvent.ResumeAsked asked -> new Verbs(turn, state).resumed(asked);
            case SagaEvent.RetryAsked asked -> new Verbs(turn, state).retried(asked);
            case SagaEvent.SkipAsked asked -> new Verbs(turn, state).skipped(asked);
            case SagaEvent.PriorityAsked asked -> new Verbs(turn, state).prioritized(asked);
            case SagaEvent.AbortAsked asked -> new Verbs(turn, state).aborted(asked);
        };
    }

    private static Decision replied(Turn turn, SagaState state, SagaEvent.Replied event) {
        StepRef ref = event.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (!(state instanceof Active active)) {
            return new Ignore(
                    "a reply to %s, but the migration is %s".formatted(Describe.attempt(ref), Describe.state(state)));
        }
        if (step.isEmpty()) {
            return noStep(turn, ref);
        }
        Optional<Run.Flying> flight = turn.flight(ref);
        if (flight.isEmpty()) {
            return new Ignore("a reply to %s, which is not in flight".formatted(Describe.attempt(ref)));
        }
        switch (flight.get()) {
            case Run.InFlight run -> turn.answered(step.get(), run, event);
            case Run.Cancelling run -> turn.answered(step.get(), run, event);
        }
        return turn.goOn(active);
    }

    private static Decision told(Turn turn, SagaState state, SagaEvent.StatusTold event) {
        StepRef ref = event.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (!(state instanceof Active active)) {
            return new Ignore("the status of %s, but the migration is %s"
                    .formatted(Describe.attempt(ref), Describe.state(state)));
        }
        if (step.isEmpty()) {
            return noStep(turn, ref);
        }
        Optional<Run.Flying> flight = turn.flight(ref);
        if (flight.isEmpty()) {
            return new Ignore("the status of %s, which is not in flight".formatted(Describe.attempt(ref)));
        }
        return switch (event.stage()) {
            case WAITING, RUNNING -> heard(turn, active, step.get(), ref, flight.get());
            case UNKNOWN -> lost(turn, active, step.get(), ref, flight.get(), "its command never arrived");
            // Its reply was said again and came before this, so whatever came could not be taken for it.
            case ANSWERED ->
                lost(
                        turn,
                        active,
                        step.get(),
                        ref,
                        flight.get(),
                        "its answer did not arrive, or could not be understood");
        };
    }

    private static Decision heard(Turn turn, Active active, Step step, StepRef ref, Run.Flying flight) {
        turn.set(step, ref.direction(), flight.heard());
        Alarms.heard(turn, ref, flight.unheard());
        switch (flight) {
            case Run.InFlight _ -> {}
            // The withdrawal may have been lost, and users may be waiting for the way back.
            case Run.Cancelling _ -> turn.withdrawAgain(step, ref, "it is still under way");
        }
        return turn.endsAs(active.with(turn.ledger()));
    }

    private static Decision lost(Turn turn, Active active, Step step, StepRef ref, Run.Flying flight, String detail) {
        Rejected failure = Rejected.of(ErrorCode.MESSAGE_LOST, detail);
        turn.withdrawAgain(step, ref, "it was lost, and must not come to life");
        switch (flight) {
            case Run.InFlight run -> turn.failed(step, ref.direction(), run, failure);
            case Run.Cancelling run -> turn.failed(step, ref.direction(), run, failure);
        }
        return turn.goOn(active);
    }

    private static Decision granted(Turn turn, SagaState state, SagaEvent.SlotsGranted event) {
        Optional<Step> step = turn.definition().step(event.step());
        if (step.isEmpty()
                || !(state instanceof Running running)
                || Claims.isPaused(turn.definition(), running)
                || !(turn.ledger().step(event.step()).forward() instanceof Run.Queued queued)) {
            return new Ignore("slots for %s, which does not wait for any".formatted(event.step()));
        }
        // Its turn may come when it is too late to close the hub, and before the clock has said so.
        if (step.get().mark() == Mark.CLOSES
                && new Alarms(turn, state).cutoverOver() instanceof Decision.Advance over) {
            return over;
        }
        return turn.endsAs(new Forward(turn, running).granted(step.get(), queued));
    }

    private static Ignore noStep(Turn turn, StepRef ref) {
        return new Ignore("%s is no step of %s"
                .formatted(Describe.attempt(ref), turn.definition().id()));
    }

    private static void requireOwn(SagaDefinition definition, SagaState state) {
        if (!definition.id().equals(state.subject().definition())) {
            throw new IllegalArgumentException("migration %s began with %s, not with %s"
                    .formatted(state.subject().migration(), state.subject().definition(), definition.id()));
        }
    }
}
