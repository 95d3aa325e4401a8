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
     * @param definition name and version of the saga, such as {@code migrate-hub/1}
     * @param requestedBy who asked for it
     */
    @WireType("hubferry.migration-requested.v1")
    record MigrationRequested(MigrationSpec spec, String definition, String requestedBy) implements MigrationEvent {
        public MigrationRequested {
            Require.present(spec, "spec");
            Require.text(definition, "definition");
            Require.text(requestedBy, "requestedBy");
        }
    }

    /**
     * A step waits for its turn at things of which there are few; {@link SlotsGranted}, {@link ApprovalLapsed} or
     * {@link CompensationStarted} follows.
     *
     * @param slots what it needs, all of it at once, such as {@code seed/nfs-old}
     */
    @WireType("hubferry.step-queued.v1")
    record StepQueued(String step, List<String> slots, Priority priority) implements MigrationEvent {
        public StepQueued {
            Require.text(step, "step");
            slots = List.copyOf(Require.notEmpty(slots, "slots"));
            Require.present(priority, "priority");
        }
    }

    /** A queued step has all that it needs; {@link StepStarted} follows. */
    @WireType("hubferry.slots-granted.v1")
    record SlotsGranted(String step, List<String> slots) implements MigrationEvent {
        public SlotsGranted {
            Require.text(step, "step");
            slots = List.copyOf(Require.notEmpty(slots, "slots"));
        }
    }

    /** A person moved the migration forward or back in every queue. */
    @WireType("hubferry.priority-changed.v1")
    record PriorityChanged(Priority priority, String by, String reason) implements MigrationEvent {
        public PriorityChanged {
            Require.present(priority, "priority");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** The command of a step's attempt was sent. */
    @WireType("hubferry.step-started.v1")
    record StepStarted(String step, Direction direction, int attempt) implements MigrationEvent {
        public StepStarted {
            Require.text(step, "step");
            Require.present(direction, "direction");
        }
    }

    /** @param result the participant's reply as a JSON object; empty for steps of the orchestrator itself */
    @WireType("hubferry.step-succeeded.v1")
    record StepSucceeded(String step, Direction direction, int attempt, Map<String, Object> result)
            implements MigrationEvent {
        public StepSucceeded {
            Require.text(step, "step");
            Require.present(direction, "direction");
            result = Map.copyOf(result);
        }
    }

    /** One attempt failed; {@link StepRetryScheduled}, {@link CompensationStarted} or {@link MigrationParked} follows. */
    @WireType("hubferry.step-failed.v1")
    record StepFailed(
            String step, Direction direction, int attempt, ErrorCode code, String detail, List<Problem> problems)
            implements MigrationEvent {
        public StepFailed {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.present(code, "code");
            Require.text(detail, "detail");
            problems = List.copyOf(problems);
        }
    }

    /** @param attempt the attempt to come */
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

    /** The participant of {@link StepUnanswered} speaks again. */
    @WireType("hubferry.step-heard-of.v1")
    record StepHeardOf(String step, Direction direction, int attempt) implements MigrationEvent {
        public StepHeardOf {
            Require.text(step, "step");
            Require.present(direction, "direction");
        }
    }

    /** A person said that a step, or its undo, is to be passed over. */
    @WireType("hubferry.step-skipped.v1")
    record StepSkipped(String step, Direction direction, String by, String reason) implements MigrationEvent {
        public StepSkipped {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** A person asked for another try of a step, of its undo or of a gate; a parked migration goes on by it. */
    @WireType("hubferry.retry-requested.v1")
    record RetryRequested(String step, Direction direction, String by) implements MigrationEvent {
        public RetryRequested {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(by, "by");
        }
    }

    /**
     * A gate waits for a person.
     *
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
     * @param approved false when it was rejected
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
     */
    @WireType("hubferry.approval-lapsed.v1")
    record ApprovalLapsed(String gate, PassForecast forecast, Duration budget) implements MigrationEvent {
        public ApprovalLapsed {
            Require.text(gate, "gate");
            Require.present(forecast, "forecast");
            Require.present(budget, "budget");
        }
    }

    /** Nobody answered in time. */
    @WireType("hubferry.approval-expired.v1")
    record ApprovalExpired(String gate) implements MigrationEvent {
        public ApprovalExpired {
            Require.text(gate, "gate");
        }
    }

    /** The saga waits until a time. */
    @WireType("hubferry.timer-started.v1")
    record TimerStarted(String step, Instant until) implements MigrationEvent {
        public TimerStarted {
            Require.text(step, "step");
            Require.present(until, "until");
        }
    }

    /** It was too late when the saga could have gone on behind a time span. */
    @WireType("hubferry.timer-missed.v1")
    record TimerMissed(String step) implements MigrationEvent {
        public TimerMissed {
            Require.text(step, "step");
        }
    }

    /** From here the migration can only go forward: users may write on the target. */
    @WireType("hubferry.pivot-passed.v1")
    record PivotPassed(String step) implements MigrationEvent {
        public PivotPassed {
            Require.text(step, "step");
        }
    }

    /** Nothing new is begun from the next safe boundary on. */
    @WireType("hubferry.pause-requested.v1")
    record PauseRequested(String by, String reason) implements MigrationEvent {
        public PauseRequested {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** The migration goes on. */
    @WireType("hubferry.resumed.v1")
    record Resumed(String by) implements MigrationEvent {
        public Resumed {
            Require.text(by, "by");
        }
    }

    /** Somebody asked for the migration to be taken back. */
    @WireType("hubferry.abort-requested.v1")
    record AbortRequested(String by, String reason) implements MigrationEvent {
        public AbortRequested {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** Every step that was sent is now undone, last first. */
    @WireType("hubferry.compensation-started.v1")
    record CompensationStarted(String cause) implements MigrationEvent {
        public CompensationStarted {
            Require.text(cause, "cause");
        }
    }

    /** The hub has moved. */
    @WireType("hubferry.migration-completed.v1")
    record MigrationCompleted() implements MigrationEvent {}

    /** The world is as it was before. */
    @WireType("hubferry.migration-rolled-back.v1")
    record MigrationRolledBack(String cause) implements MigrationEvent {
        public MigrationRolledBack {
            Require.text(cause, "cause");
        }
    }

    /** The migration stands still until a person has looked. */
    @WireType("hubferry.migration-parked.v1")
    record MigrationParked(String step, Direction direction, String cause) implements MigrationEvent {
        public MigrationParked {
            Require.text(step, "step");
            Require.present(direction, "direction");
            Require.text(cause, "cause");
        }
    }
}
