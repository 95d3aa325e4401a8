package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Decides about locked migrations, and puts what follows into the transaction. */
final class Deciding {
    private final SagaDefinitions definitions;
    private final Clock clock;

    Deciding(SagaDefinitions definitions, Clock clock) {
        this.definitions = definitions;
        this.clock = clock;
    }

    /** As fine as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Decision apply(Transaction tx, SagaState state, SagaEvent event) {
        Instant now = now();
        SagaDefinition definition = definitions.byId(state.subject().definition());
        Decision decision = Decider.decide(definition, state, event, now);
        switch (decision) {
            case Advance advance -> tx.advance(advance, now);
            // A timer that nobody waits for any more is nothing to wonder about.
            case Decision.Ignore _ when event instanceof SagaEvent.TimerFired -> {}
            case Decision.Ignore ignore -> tx.ignored(state.subject().migration(), ignore.reason(), now);
            case Decision.Refuse _ -> {}
        }
        return decision;
    }
}
