package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Decision.Ignore;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.Decision.Refuse;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.saga.engine.SagaState.Compensating;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.Parked;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What people may ask of a migration. What is so already is ignored, what is not possible now is refused with the reason. */
final class Verbs {
    private final Turn turn;
    private final SagaState state;
    private final Gates gates;

    Verbs(Turn turn, SagaState state) {
        this.turn = turn;
        this.gates = new Gates(turn);
        this.state = state;
    }

    Decision answered(SagaEvent.GateAnswered event) {
        String gate = event.gate();
        if (!turn.definition().hasGate(gate)) {
            return new Refuse(
                    Refusal.GATE_UNKNOWN,
                    "%s has no gate %s".formatted(turn.definition().id(), gate));
        }
        if (!(state instanceof Active active) || !(turn.ledger().gate(gate) instanceof GateState.Waiting waiting)) {
            String why = "gate %s does not wait for an answer: it is %s; the migration is %s"
                    .formatted(gate, Describe.gate(turn.ledger().gate(gate)), Describe.state(state));
            return new Refuse(Refusal.GATE_NOT_WAITING, why);
        }
        if (event.approved()
                && turn.context().spec().approvals().fourEyes()
                && event.by().equals(state.subject().requestedBy())) {
            return new Refuse(
                    Refusal.FOUR_EYES,
                    "%s requested the migration, so somebody else has to approve %s".formatted(event.by(), gate));
        }
        Optional<Refuse> budget = event.approved() ? gates.objectionTo(event) : Optional.empty();
        if (budget.isPresent()) {
            return budget.get();
        }
        turn.set(
                gate,
                event.approved()
                        ? waiting.approved(turn.now(), event.by(), event.comment(), event.overBudget())
                        : waiting.rejected(turn.now(), event.by(), event.comment()));
        turn.happened(new MigrationEvent.ApprovalAnswered(
                gate, event.approved(), event.by(), event.comment(), event.overBudget()));
        return turn.goOn(active);
    }

    Decision aborted(SagaEvent.AbortAsked event) {
        return switch (state) {
            case Running running -> aborted(running, event);
            case Parked parked when parked.was() instanceof Running running -> aborted(running, event);
            case Parked parked ->
                new Refuse(
                        Refusal.PARKED,
                        "the migration is being taken back already, and parked at the undo of %s: retry or skip it"
                                .formatted(parked.step()));
            case Compensating _ -> new Ignore("an abort, but the migration is being taken back already");
            case Completed _, RolledBack _ -> ended();
        };
    }

    private Decision aborted(Running running, SagaEvent.AbortAsked event) {
        if (turn.definition().pivotPassed(turn.ledger())) {
            return new Refuse(
                    Refusal.PIVOT_PASSED,
                    "users may have written on the target already, so the migration can only go forward");
        }
        turn.happened(new MigrationEvent.AbortRequested(event.by(), event.reason()));
        String cause = "%s asked for it: %s".formatted(event.by(), event.reason());
        return turn.endsAs(new Backward(turn).begin(running, cause));
    }

    Decision paused(SagaEvent.PauseAsked event) {
        return switch (state) {
            case Running running when running.hold() instanceof Hold.Paused -> new Ignore("it is paused already");
            case Running running -> {
                turn.happened(new MigrationEvent.PauseRequested(event.by(), event.reason()));
                yield turn.endsAs(running.paused(event.by(), event.reason(), turn.now()));
            }
            case Compensating _, Parked _, Completed _, RolledBack _ -> notRunning("pause");
        };
    }

    Decision resumed(SagaEvent.ResumeAsked event) {
        return switch (state) {
            case Running running
            when running.hold() instanceof Hold.Paused pause -> {
                turn.happened(new MigrationEvent.Resumed(event.by()));
                setAlarmsAgain(pause.since());
                yield turn.goOn(running.resumed());
            }
            case Running _ -> new Ignore("it is not paused");
            // It parked while it was paused: whoever resumes wants it to go on when the trouble is over.
            case Parked parked
            when parked.was() instanceof Running running && running.hold() instanceof Hold.Paused -> {
                turn.happened(new MigrationEvent.Resumed(event.by()));
                yield turn.endsAs(parked.resumed(running));
            }
            case Compensating _, Parked _, Completed _, RolledBack _ -> notRunning("resume");
        };
    }

    Decision prioritized(SagaEvent.PriorityAsked event) {
        return switch (state) {
            case Running _, Parked _
            when state.priority() == event.priority() -> new Ignore("its priority is " + event.priority() + " already");
            case Running running -> prioritized(running.prioritized(event.priority()), event);
            case Parked parked
            when parked.was() instanceof Running running ->
                prioritized(parked.prioritized(running, event.priority()), event);
            case Compensating _, Parked _, Completed _, RolledBack _ -> notRunning("wait for its turn");
        };
    }

    private Decision prioritized(SagaState then, SagaEvent.PriorityAsked event) {
        turn.happened(new MigrationEvent.PriorityChanged(event.priority(), event.by(), event.reason()));
        return turn.endsAs(then);
    }

    /** Alarms that went off during the pause changed nothing; gates get the time back that the pause took from them. */
    private void setAlarmsAgain(Instant pausedAt) {
        turn.ledger().steps().forEach((name, step) -> {
            if (step.forward() instanceof Run.AwaitingRetry run) {
                turn.alarm(new TimerKey.Retry(new StepRef(name, Direction.DO, run.attempt())), run.dueAt());
            }
        });
        turn.ledger().gates().forEach((gate, gateState) -> {
            if (gateState instanceof GateState.Waiting waiting) {
                Instant from = waiting.since().isAfter(pausedAt) ? waiting.since() : pausedAt;
                Instant later = waiting.expiresAt().plus(Duration.between(from, turn.now()));
                gates.ask(gate, waiting.until(later));
            }
        });
        turn.ledger().timers().forEach((timer, timerState) -> {
            if (timerState instanceof TimerState.Waiting waiting) {
                turn.alarm(new TimerKey.WaitOver(timer), waiting.until());
            }
        });
    }

    Decision retried(SagaEvent.RetryAsked event) {
        if (state instanceof Completed || state instanceof RolledBack) {
            return ended();
        }
        Direction direction = direction();
        Optional<Step> step = turn.definition().step(event.row());
        if (step.isEmpty() && !turn.definition().hasGate(event.row())) {
            return unknown(event.row());
        }
        boolean again = step.map(found -> again(found, direction)).orElseGet(() -> asksAgain(event.row()));
        if (!again) {
            return new Refuse(
                    Refusal.NOTHING_FAILED,
                    "%s cannot be tried again: it has not failed; the migration is %s"
                            .formatted(event.row(), Describe.state(state)));
        }
        turn.happenedFirst(new MigrationEvent.RetryRequested(event.row(), direction, event.by()));
        return turn.goOn(active());
    }

    private boolean again(Step step, Direction direction) {
        return switch (turn.ledger().step(step.name()).run(direction)) {
            case Run.Failed failed -> {
                again(step, direction, failed);
                yield true;
            }
            case Run.AwaitingRetry run -> {
                turn.sendOrFail(step, direction, run.sent(turn.now()));
                yield true;
            }
            // Its command could not be made; going on makes it anew.
            case Run.NotStarted _ -> isParkedAt(step.name());
            case Run.Queued _, Run.InFlight _, Run.Cancelling _, Run.Succeeded _, Run.Skipped _ -> false;
        };
    }

    /** What it had was given back when it was parked, unless the hub is down. */
    private void again(Step step, Direction direction, Run.Failed failed) {
        boolean waits = direction == Direction.DO
                && !turn.slotsOf(step).isEmpty()
                && !Claims.holds(
                        turn.definition(),
                        state,
                        turn.definition().claimOf(step).orElseThrow());
        if (waits) {
            turn.queue(step, failed, state.priority());
        } else {
            turn.sendOrFail(step, direction, failed.sent(turn.now()));
        }
    }

    /** A gate below the pivot that was rejected or not answered parks the migration; it can be asked once more. */
    private boolean asksAgain(String gate) {
        if (!isParkedAt(gate)) {
            return false;
        }
        turn.set(gate, GateState.NOT_ASKED);
        return true;
    }

    Decision skipped(SagaEvent.SkipAsked event) {
        if (state instanceof Completed || state instanceof RolledBack) {
            return ended();
        }
        Optional<Step> step = turn.definition().step(event.row());
        Optional<Timer> timer = turn.definition().timer(event.row());
        if (step.isEmpty() && timer.isEmpty()) {
            return unknown(event.row());
        }
        Direction direction = direction();
        boolean allowed = timer.map(Timer::skippable)
                .orElseGet(
                        () -> direction == Direction.UNDO || step.orElseThrow().skippable());
        if (!allowed) {
            return new Refuse(
                    Refusal.NOT_SKIPPABLE, "%s may not be skipped: what follows relies on it".formatted(event.row()));
        }
        boolean done =
                timer.map(found -> skip(found, event)).orElseGet(() -> skip(step.orElseThrow(), direction, event));
        if (!done) {
            return new Refuse(
                    Refusal.NOTHING_FAILED,
                    "%s cannot be skipped: it has not failed and does not wait; the migration is %s"
                            .formatted(event.row(), Describe.state(state)));
        }
        turn.happened(new MigrationEvent.StepSkipped(event.row(), direction, event.by(), event.reason()));
        return turn.goOn(active());
    }

    private boolean skip(Step step, Direction direction, SagaEvent.SkipAsked event) {
        Optional<Run> skipped = switch (turn.ledger().step(step.name()).run(direction)) {
            case Run.Failed failed -> Optional.of(failed.skipped(turn.now(), event.by(), event.reason()));
            case Run.Queued queued -> Optional.of(queued.skipped(turn.now(), event.by(), event.reason()));
            case Run.AwaitingRetry run -> Optional.of(run.skipped(turn.now(), event.by(), event.reason()));
            case Run.NotStarted idle
            when isParkedAt(step.name()) -> Optional.of(idle.skipped(turn.now(), event.by(), event.reason()));
            case Run.NotStarted _, Run.InFlight _, Run.Cancelling _, Run.Succeeded _, Run.Skipped _ -> Optional.empty();
        };
        skipped.ifPresent(run -> turn.set(step, direction, run));
        return skipped.isPresent();
    }

    private boolean skip(Timer timer, SagaEvent.SkipAsked event) {
        if (!(turn.ledger().timer(timer.name()) instanceof TimerState.Waiting waiting)) {
            return false;
        }
        turn.set(timer.name(), waiting.skipped(turn.now(), event.by(), event.reason()));
        return true;
    }

    /** The way that the migration goes, or went when it was parked. */
    private Direction direction() {
        return active() instanceof Compensating ? Direction.UNDO : Direction.DO;
    }

    private Active active() {
        return switch (state) {
            case Active active -> active;
            case Parked parked -> parked.was();
            case Completed _, RolledBack _ -> throw new IllegalStateException("the migration has ended");
        };
    }

    private boolean isParkedAt(String row) {
        return state instanceof Parked parked && parked.step().equals(row);
    }

    private Refuse ended() {
        return new Refuse(Refusal.ENDED, "the migration is " + Describe.state(state));
    }

    private Refuse unknown(String row) {
        return new Refuse(
                Refusal.ROW_UNKNOWN,
                "%s has nothing called %s".formatted(turn.definition().id(), row));
    }

    private Refuse notRunning(String verb) {
        return new Refuse(
                Refusal.NOT_RUNNING,
                "only a migration on its way forward can %s; this one is %s".formatted(verb, Describe.state(state)));
    }
}
