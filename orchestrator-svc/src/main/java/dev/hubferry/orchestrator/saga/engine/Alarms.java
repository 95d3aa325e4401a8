package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.Decision.Ignore;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.saga.engine.SagaState.Parked;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.util.Optional;

/** What becomes of a time that has come. One that nobody waits for any more is ignored; one that comes early is set again. */
final class Alarms {
    /** So many probes without an answer are told to the public, once. */
    static final int SILENCE = 3;

    private final Turn turn;
    private final SagaState state;

    Alarms(Turn turn, SagaState state) {
        this.turn = turn;
        this.state = state;
    }

    Decision fired(TimerKey key) {
        if (key instanceof TimerKey.CutoverOver) {
            return cutoverOver();
        }
        if (!(state instanceof Active active)) {
            return new Ignore("a timer, but the migration is " + Describe.state(state));
        }
        // What a pause holds is looked at again when it ends.
        boolean held = active instanceof Running running && Forward.isHeld(turn, running);
        return switch (key) {
            case TimerKey.Unanswered unanswered -> inquire(active, unanswered);
            case TimerKey.Retry _, TimerKey.GateExpiry _, TimerKey.WaitOver _
            when held -> new Ignore("a timer, but the migration is paused");
            case TimerKey.Retry retry -> retry(active, retry);
            case TimerKey.GateExpiry expiry -> expired(active, expiry);
            case TimerKey.WaitOver over -> waited(active, over);
            case TimerKey.CutoverOver _ -> cutoverOver();
            case TimerKey.SurveyOver _ -> surveyOver(active);
        };
    }

    private Decision surveyOver(Active active) {
        return turn.definition().aim() instanceof Aim.Survey survey && active instanceof Running running
                ? new Looking(turn, running).over(survey.deadline())
                : new Ignore("the end of a survey, but the saga is none");
    }

    /**
     * The hub was down for as long as it may be, or the window ended before it was closed: users keep, or get, their old one, unless they
     * may be on the new one already.
     */
    Decision cutoverOver() {
        boolean down = turn.definition().inDowntime(turn.ledger());
        boolean ended = turn.context()
                .spec()
                .cutover()
                .end()
                .filter(end -> !turn.now().isBefore(end))
                .isPresent();
        boolean over = (down || ended) && !turn.definition().pivotPassed(turn.ledger());
        Optional<Running> forward = switch (state) {
            case Running running -> Optional.of(running);
            case Parked parked when parked.was() instanceof Running running -> Optional.of(running);
            case SagaState.Compensating _, Parked _, SagaState.Completed _, SagaState.RolledBack _ -> Optional.empty();
        };
        if (!over || forward.isEmpty()) {
            return new Ignore("the end of the cutover, but the migration is past it or on its way back");
        }
        String cause = down
                ? "the hub was down for as long as the spec allows"
                : "the window for the cutover ended before the hub was closed";
        return turn.endsAs(new Backward(turn).begin(forward.get(), cause));
    }

    private Decision inquire(Active active, TimerKey.Unanswered key) {
        StepRef ref = key.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (step.isEmpty()) {
            return new Ignore("no step is called " + ref.name());
        }
        Optional<Run.Flying> flight = turn.flight(ref);
        if (flight.isEmpty()) {
            return new Ignore("a time to ask about %s, which is not in flight".formatted(Describe.attempt(ref)));
        }
        int unheard = flight.get().unheard();
        turn.set(step.get(), ref.direction(), flight.get().probed());
        turn.inquire(step.get(), ref, unheard);
        if (unheard == SILENCE) {
            turn.happened(new MigrationEvent.StepUnanswered(
                    ref.name(), ref.direction(), ref.attempt(), flight.get().sentAt()));
        }
        return turn.endsAs(active.with(turn.ledger()));
    }

    /** A participant that was silent for so long that the public was told of it speaks again. */
    static void heard(Turn turn, StepRef ref, int unheard) {
        if (unheard > SILENCE) {
            turn.happened(new MigrationEvent.StepHeardOf(ref.name(), ref.direction(), ref.attempt()));
        }
    }

    private Decision retry(Active active, TimerKey.Retry key) {
        StepRef ref = key.step();
        Optional<Step> step = turn.definition().step(ref.name());
        if (step.isPresent()
                && turn.ledger().step(ref.name()).run(ref.direction()) instanceof Run.AwaitingRetry run
                && run.attempt() == ref.attempt()) {
            if (turn.now().isBefore(run.dueAt())) {
                turn.alarm(key, run.dueAt());
                return turn.endsAs(active);
            }
            turn.sendOrFail(step.get(), ref.direction(), run.sent(turn.now()));
            return turn.goOn(active);
        }
        return new Ignore("a timer for %s, which waits for no retry".formatted(Describe.attempt(ref)));
    }

    private Decision expired(Active active, TimerKey.GateExpiry key) {
        if (!(turn.ledger().gate(key.gate()) instanceof GateState.Waiting waiting)) {
            return new Ignore("the expiry of gate %s, which does not wait".formatted(key.gate()));
        }
        if (turn.now().isBefore(waiting.expiresAt())) {
            turn.alarm(key, waiting.expiresAt());
            return turn.endsAs(active);
        }
        turn.set(key.gate(), waiting.expired(turn.now()));
        turn.happened(new MigrationEvent.ApprovalExpired(key.gate()));
        return turn.goOn(active);
    }

    private Decision waited(Active active, TimerKey.WaitOver key) {
        if (!(turn.ledger().timer(key.timer()) instanceof TimerState.Waiting waiting)) {
            return new Ignore("the end of timer %s, which does not wait".formatted(key.timer()));
        }
        if (turn.now().isBefore(waiting.until())) {
            turn.alarm(key, waiting.until());
            return turn.endsAs(active);
        }
        return turn.goOn(active);
    }
}
