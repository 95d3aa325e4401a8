package dev.hubferry.orchestrator.saga.queue;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import java.time.Instant;

/**
 * A migration that waits for slots or has them.
 *
 * @param since when it came, or got them
 * @param ours whether this process knows its definition; one that does not know it grants it nothing, and nobody else what it waits for
 */
public record Place(MigrationId migration, SlotUse use, Instant since, boolean ours) {
    public Place {
        Require.present(migration, "migration");
        Require.present(use, "use");
        Require.present(since, "since");
    }

    /** One of ours. */
    public Place(MigrationId migration, SlotUse use, Instant since) {
        this(migration, use, since, true);
    }
}
