package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Require;
import dev.hubferry.contracts.StepRef;
import java.util.Map;

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

    /** A time that a decision asked for has come. */
    record TimerFired(TimerKey key) implements SagaEvent {}

    /** A person answered a gate. */
    record GateAnswered(String gate, boolean approved, String by, String comment) implements SagaEvent {
        public GateAnswered {
            Require.text(gate, "gate");
            Require.text(by, "by");
            Require.present(comment, "comment");
        }
    }

    /** A person wants the migration taken back. */
    record AbortAsked(String by, String reason) implements SagaEvent {
        public AbortAsked {
            Require.text(by, "by");
            Require.text(reason, "reason");
        }
    }
}
