package dev.hubferry.simulation.saga;

import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.protocol.Letter;
import java.time.Instant;

/** Sees what the orchestrator does, to judge it. */
public interface Scribe {
    /** A command went into the outbox. */
    void sent(Letter command);

    /** A reply was taken in for the first time. */
    void heard(Letter reply);

    /** A reply changed the migration. */
    void applied(Letter reply);

    /** Somebody waits for what there is little of, or has it. */
    void uses(SlotQueue queue);

    /** @param step is queued, or is not any more */
    void waits(String step, boolean queued);

    /** The command that closes the hub went into the outbox for the first time. */
    void closes(SagaState state, Instant now);

    /** The pivot's command went into the outbox. */
    void pivoted();
}
