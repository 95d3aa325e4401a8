package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.StepRef.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a migration. A consumer that applies all events of a migration in the order of their numbers knows
 * what REST shows of it.
 */
public sealed interface MigrationEvent extends Body {
    /**
     * Always number 1: somebody asked for a migration, and it has begun.
     *
     * @param spec what was asked for, with the defaults of what was left out
     * @param definition name and version of the saga, such as {@code migrate-hub/1}
     * @param requestedBy who asked for it
     * @param rows of the saga, from top to bottom; none in events from before they were told
     */
    @WireType("hubferry.migration-requested.v1")
    record MigrationRequested(MigrationSpec spec, String definition, String requestedBy, List<MigrationRow> rows)
            implements MigrationEvent {
        public MigrationRequested {
            Require.present(spec, "spec");
            Require.text(definition, "definition");
            Require.text(requestedBy, "requestedBy");
            rows = rows == null ? List.of() : List.copyOf(rows);
        }
    }

    /**
     * A step waits for its turn at things of which there are few; {@link SlotsGranted}, {@link ApprovalLapsed} or
     * {@link CompensationStarted} follows.
     *
     * @param step the row that waits
     * @param slots what it needs, all of it at once, such as {@code seed/nfs-old}
     * @param priority its place among those that wait for the same
     */
    @WireType("hubferry.step-queued.v1")
    record StepQueued(String step, List<String> slots, Priority priority) implements MigrationEvent {
        public StepQueued {
            Require.text(step, "step");
            slots = List.copyOf(Require.notEmpty(slots, "slots"));
            Require.present(priority, "priority");
        }
    }

    /**
     * A queued step has all that it needs; {@link StepStarted} follows.
     *
     * @param step the row that waited
     * @param slots what it has now
     */
    @WireType("hubferry.slots-granted.v1")
    record SlotsGranted(String step, List<String> slots) implements MigrationEvent {
        public SlotsGranted {
            Require.text(step, "step");
            slots = List.copyOf(Require.notEmpty(slots, "slots"));
        }
    }

    /**
     * A person moved the migration forward or back in every queue.
     *
     * @param priority its place from now on
     * @param by who asked for it
     * @param reason that was given
     */
    @WireType("hubferry.priority-changed.v1")
    record PriorityChanged(Priority priority, String by, String reason) implements MigrationEvent {
        public PriorityChanged {
            Require.present(priority, "priority");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /**
     * The command of a step's attempt was sent.
     *
     * @param step the row
     * @param direction {@code do}, or {@code undo} when it is taken back
     * @param attempt counts from 1, in each direction for itself
     */
    @WireType("hubferry.step-started.v1")
    record StepStarted(String step, Direction direction, int attempt) implements MigrationEvent {
        public StepStarted {
            Require.text(step, "step");
            Require.present(direction, "direction");
        }
    }

    /**
     * A step, or its undo, is done; or a timer's time has come.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param attempt the one that succeeded
     * @param result the participant's reply as a JSON object; empty for steps of the orchestrator itself
     */
    @WireType("hubferry.step-succeeded.v1")
    record StepSucceeded(String step, Direction direction, int attempt, Map<String, Object> result)
            implements MigrationEvent {
        public StepSucceeded {
            Require.text(step, "step");
            Require.present(direction, "direction");
            result = Map.copyOf(result);
        }
    }

    /**
     * One attempt failed; {@link StepRetryScheduled}, {@link CompensationStarted} or {@link MigrationParked} follows.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param attempt the one that failed; one that no {@link StepStarted} told of was never sent
     * @param code what kind of failure it is
     * @param detail one sentence for the operator
     * @param problems every single cause when a check found several; empty when the detail says it all
     * @param category what the saga does about it: tries again, waits for an operator, or gives up
     */
    @WireType("hubferry.step-failed.v1")
    record StepFailed(
            String step,
            Direction direction,
            int attempt,
            ErrorCode code,
            String detail,
            List<Problem> problems,
            ErrorCategory category)
            implements MigrationEvent {
        public StepFailed {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.present(code, "code");
            Require.text(detail, "detail");
            problems = List.copyOf(problems);
            // Events from before it was told have none.
            category = category == null ? new Rejected(code, detail, problems).category() : category;
        }
    }

    /**
     * After a failure that may go away; {@link StepStarted} follows at that time, unless something else happens before.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param attempt the attempt to come
     * @param at when it is made
     */
    @WireType("hubferry.step-retry-scheduled.v1")
    record StepRetryScheduled(String step, Direction direction, int attempt, Instant at) implements MigrationEvent {
        public StepRetryScheduled {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.present(at, "at");
        }
    }

    /**
     * A participant says nothing of a command, not even when it is asked. The step goes on waiting; somebody should look.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param attempt the one that nothing is heard of
     * @param since when the command was sent
     */
    @WireType("hubferry.step-unanswered.v1")
    record StepUnanswered(String step, Direction direction, int attempt, Instant since) implements MigrationEvent {
        public StepUnanswered {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.present(since, "since");
        }
    }

    /**
     * The participant of {@link StepUnanswered} speaks again.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param attempt the one that is under way after all
     */
    @WireType("hubferry.step-heard-of.v1")
    record StepHeardOf(String step, Direction direction, int attempt) implements MigrationEvent {
        public StepHeardOf {
            Require.text(step, "step");
            Require.present(direction, "direction");
        }
    }

    /**
     * A person said that a step, its undo, or the wait of a timer is to be passed over.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param by who said so
     * @param reason that was given
     */
    @WireType("hubferry.step-skipped.v1")
    record StepSkipped(String step, Direction direction, String by, String reason) implements MigrationEvent {
        public StepSkipped {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /**
     * A person asked for another try of a step, of its undo or of a gate; a parked migration goes on by it.
     *
     * @param step the row
     * @param direction {@code do} or {@code undo}
     * @param by who asked for it
     */
    @WireType("hubferry.retry-requested.v1")
    record RetryRequested(String step, Direction direction, String by) implements MigrationEvent {
        public RetryRequested {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(by, "by");
        }
    }

    /**
     * A gate waits for a person. When it waits already, it does so since before, and for longer: the migration was paused meanwhile.
     *
     * @param gate the row
     * @param expiresAt when it is taken for a no
     * @param forecast of the final pass, at the gate after which the hub is closed; as of then, and longer the later the answer comes
     * @param budget what the spec allows the final pass, at the same gate
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @WireType("hubferry.approval-awaited.v1")
    record ApprovalAwaited(String gate, Instant expiresAt, Optional<PassForecast> forecast, Optional<Duration> budget)
            implements MigrationEvent {
        public ApprovalAwaited {
            Require.text(gate, "gate");
            Require.present(expiresAt, "expiresAt");
            // Jackson hands null to a record for a missing property, whatever the declared type says.
            forecast = forecast == null ? Optional.empty() : forecast;
            budget = budget == null ? Optional.empty() : budget;
        }

        /** Of a gate that foretells nothing. */
        public ApprovalAwaited(String gate, Instant expiresAt) {
            this(gate, expiresAt, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A person answered a gate.
     *
     * @param gate the row
     * @param approved false when it was rejected
     * @param by who answered
     * @param comment that was given, or nothing
     * @param overBudget why the final pass may take longer than the spec allows, when somebody said so
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @WireType("hubferry.approval-answered.v1")
    record ApprovalAnswered(String gate, boolean approved, String by, String comment, Optional<String> overBudget)
            implements MigrationEvent {
        public ApprovalAnswered {
            Require.text(gate, "gate");
            Require.text(by, "by");
            comment = comment == null ? "" : comment;
            overBudget = overBudget == null ? Optional.empty() : overBudget;
        }
    }

    /**
     * When the hub was to be closed, the forecast had grown above the budget since a person approved. Nothing was closed; a step that waited
     * for its turn waits no more, and {@link ApprovalAwaited} follows.
     *
     * @param gate the row
     * @param forecast of the final pass, as of now
     * @param budget what the spec allows it
     */
    @WireType("hubferry.approval-lapsed.v1")
    record ApprovalLapsed(String gate, PassForecast forecast, Duration budget) implements MigrationEvent {
        public ApprovalLapsed {
            Require.text(gate, "gate");
            Require.present(forecast, "forecast");
            Require.present(budget, "budget");
        }
    }

    /**
     * Nobody answered in time.
     *
     * @param gate the row
     */
    @WireType("hubferry.approval-expired.v1")
    record ApprovalExpired(String gate) implements MigrationEvent {
        public ApprovalExpired {
            Require.text(gate, "gate");
        }
    }

    /**
     * The saga waits until a time.
     *
     * @param step the row
     * @param until that time; {@link StepSucceeded} follows then
     */
    @WireType("hubferry.timer-started.v1")
    record TimerStarted(String step, Instant until) implements MigrationEvent {
        public TimerStarted {
            Require.text(step, "step");
            Require.present(until, "until");
        }
    }

    /**
     * It was too late when the saga could have gone on behind a time span.
     *
     * @param step the row
     */
    @WireType("hubferry.timer-missed.v1")
    record TimerMissed(String step) implements MigrationEvent {
        public TimerMissed {
            Require.text(step, "step");
        }
    }

    /**
     * From here the migration can only go forward: users may write on the target.
     *
     * @param step the row that is about to be sent
     */
    @WireType("hubferry.pivot-passed.v1")
    record PivotPassed(String step) implements MigrationEvent {
        public PivotPassed {
            Require.text(step, "step");
        }
    }

    /**
     * Nothing new is begun from the next safe boundary on; while users cannot work a pause has no effect.
     *
     * @param by who asked for it
     * @param reason that was given
     */
    @WireType("hubferry.pause-requested.v1")
    record PauseRequested(String by, String reason) implements MigrationEvent {
        public PauseRequested {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /**
     * The migration is paused no longer.
     *
     * @param by who asked for it
     */
    @WireType("hubferry.resumed.v1")
    record Resumed(String by) implements MigrationEvent {
        public Resumed {
            Require.text(by, "by");
        }
    }

    /**
     * Somebody asked for the migration to be taken back; {@link CompensationStarted} follows.
     *
     * @param by who asked for it
     * @param reason that was given
     */
    @WireType("hubferry.abort-requested.v1")
    record AbortRequested(String by, String reason) implements MigrationEvent {
        public AbortRequested {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /**
     * Every step that was sent is now undone, last first. What is under way is withdrawn, and its answer awaited; no gate or timer is
     * waited for any more, and no retry comes.
     *
     * @param cause why
     */
    @WireType("hubferry.compensation-started.v1")
    record CompensationStarted(String cause) implements MigrationEvent {
        public CompensationStarted {
            Require.text(cause, "cause");
        }
    }

    /** The hub has moved. */
    @WireType("hubferry.migration-completed.v1")
    record MigrationCompleted() implements MigrationEvent {}

    /**
     * The world is as it was before.
     *
     * @param cause why it was taken back
     */
    @WireType("hubferry.migration-rolled-back.v1")
    record MigrationRolledBack(String cause) implements MigrationEvent {
        public MigrationRolledBack {
            Require.text(cause, "cause");
        }
    }

    /**
     * The migration stands still until a person has looked.
     *
     * @param step the row that cannot go on
     * @param direction {@code do}, or {@code undo} when it is on its way back
     * @param cause why
     */
    @WireType("hubferry.migration-parked.v1")
    record MigrationParked(String step, Direction direction, String cause) implements MigrationEvent {
        public MigrationParked {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(cause, "cause");
        }
    }
}
