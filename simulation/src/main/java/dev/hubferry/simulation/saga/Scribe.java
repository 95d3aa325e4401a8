package dev.hubferry.simulation.saga;

import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.protocol.Letter;

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

    /** The pivot's command went into the outbox. */
    void pivoted();
}
