package dev.hubferry.simulation.saga;

import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import java.time.Instant;

/** Decides what follows an event: the real engine, unless a test puts a broken one in its place. */
public class Brain {
    protected Decision.Advance begin(SagaDefinition definition, Subject subject, Instant now) {
        return Decider.begin(definition, subject, now);
    }

    protected Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
        return Decider.decide(definition, state, event, now);
    }
}
