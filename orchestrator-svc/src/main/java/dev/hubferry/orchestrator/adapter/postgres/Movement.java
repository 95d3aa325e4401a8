package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.trace.TraceParent;
import java.time.Instant;
import java.util.Optional;

/**
 * A migration, or a dry run, that has gone a step onwards.
 *
 * @param before what it was; nothing when it has just begun
 * @param at when, by its history
 * @param begun when the transaction began, by the time that spans go by
 * @param trace where it is in a trace, if somebody listens
 */
public record Movement(
        Optional<SagaState> before, Advance advance, Instant at, Instant begun, Optional<TraceParent> trace) {
    public MigrationId migration() {
        return advance.state().subject().migration();
    }
}
