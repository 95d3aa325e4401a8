package dev.hubferry.orchestrator.saga.queue;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import java.time.Instant;

/**
 * A migration that waits for slots or has them.
 *
 * @param since when it came, or got them
 */
public record Place(MigrationId migration, SlotUse use, Instant since) {
    public Place {
        Require.present(migration, "migration");
        Require.present(use, "use");
        Require.present(since, "since");
    }
}
