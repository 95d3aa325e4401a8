package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Require;
import dev.hubferry.contracts.StepRef;
import java.util.Map;
import java.util.Optional;

/** Something that came in from outside and that the saga has to decide about. */
public sealed interface SagaEvent {
    /**
     * A participant answered.
     *
     * @param step the attempt that is answered
     * @param result the reply as a JSON object, for the public event
     */
    record Replied(StepRef step, Reply reply, Map<String, Object> result) implements SagaEvent {
        public Replied {
            Require.present(step, "step");
            Require.present(reply, "reply");
            result = Map.copyOf(result);
        }
    }

    /**
     * A participant said what became of a command that it had not answered.
     *
     * @param step the attempt that was asked about
     */
    record StatusTold(StepRef step, CommandStatus.Stage stage) implements SagaEvent {
        public StatusTold {
            Require.present(step, "step");
            Require.present(stage, "stage");
        }
    }

    /** A time that a decision asked for has come. */
    record TimerFired(TimerKey key) implements SagaEvent {}

    /** All that a queued step needs is its own now. */
    record SlotsGranted(String step) implements SagaEvent {
        public SlotsGranted {
            Require.text(step, "step");
        }
    }

    /** Something that a person said. */
    sealed interface ByPerson extends SagaEvent {
        String by();
    }

    /**
     * A person answered a gate.
     *
     * @param overBudget why what follows may take longer than its budget, if it may
     */
    record GateAnswered(String gate, boolean approved, String by, String comment, Optional<String> overBudget)
            implements ByPerson {
        public GateAnswered {
            Require.text(gate, "gate");
            Require.text(by, "by");
            Require.present(comment, "comment");
            Require.present(overBudget, "overBudget");
        }

        /** Within the budget, if there is one. */
        public GateAnswered(String gate, boolean approved, String by, String comment) {
            this(gate, approved, by, comment, Optional.empty());
        }
    }

    /** A person wants nothing new to be begun for a while. */
    record PauseAsked(String by, String reason) implements ByPerson {
        public PauseAsked {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** A person wants a paused migration to go on. */
    record ResumeAsked(String by) implements ByPerson {
        public ResumeAsked {
            Require.text(by, "by");
        }
    }

    /**
     * A person wants what failed to be tried again.
     *
     * @param row a step or a gate
     */
    record RetryAsked(String row, String by) implements ByPerson {
        public RetryAsked {
            Require.text(row, "row");
            Require.text(by, "by");
        }
    }

    /**
     * A person wants what failed, or a wait, to be passed over.
     *
     * @param row a step or a timer
     */
    record SkipAsked(String row, String by, String reason) implements ByPerson {
        public SkipAsked {
            Require.text(row, "row");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** A person wants the migration to come sooner or later to its turn. */
    record PriorityAsked(Priority priority, String by, String reason) implements ByPerson {
        public PriorityAsked {
            Require.present(priority, "priority");
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }

    /** A person wants the migration taken back. */
    record AbortAsked(String by, String reason) implements ByPerson {
        public AbortAsked {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }
}
