package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import java.time.Instant;
import java.util.List;

/** What is kept of dry runs beside their sagas. */
public interface PlanStore {
    /** What other migrations held of what a dry run was about, when it was asked for. */
    List<Conflict> heldAtRequest(MigrationId plan);

    /**
     * Deletes dry runs of ours, with all that is kept of them, oldest first; leaves those alone that somebody else is changing.
     *
     * @param endedBefore those that ended before it
     * @param limit most to delete
     * @return how many
     */
    int forget(Instant endedBefore, int limit);
}
