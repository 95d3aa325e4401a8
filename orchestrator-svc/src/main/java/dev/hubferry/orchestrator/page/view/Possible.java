package dev.hubferry.orchestrator.page.view;

import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Instant;
import java.util.Optional;

/** What would become of a person's word now. It asks the engine, so that no button is there that it refuses, and none is missing. */
record Possible(SagaDefinition definition, SagaState state, Instant now) {
    private static final String REASON = "?";

    boolean takes(SagaEvent.ByPerson event) {
        return Decider.decide(definition, state, event, now) instanceof Decision.Advance;
    }

    /** Why it is refused, if it is. */
    Optional<Decision.Refuse> refusal(SagaEvent.ByPerson event) {
        return Decider.decide(definition, state, event, now) instanceof Decision.Refuse refuse
                ? Optional.of(refuse)
                : Optional.empty();
    }

    boolean retry(String row, String by) {
        return takes(new SagaEvent.RetryAsked(row, by));
    }

    boolean skip(String row, String by) {
        return takes(new SagaEvent.SkipAsked(row, by, REASON));
    }

    boolean abort(String by) {
        return takes(new SagaEvent.AbortAsked(by, REASON));
    }

    boolean pause(String by) {
        return takes(new SagaEvent.PauseAsked(by, REASON));
    }

    boolean resume(String by) {
        return takes(new SagaEvent.ResumeAsked(by));
    }
}
