package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import org.jboss.logging.Logger;

/**
 * Gives slots to those whose turn it is, each in a transaction of its own together with what the saga makes of it. Over all replicas one
 * grants at a time, by what stands in the database then; nobody else ever takes a slot, so a limit holds whatever happens beside.
 */
public final class Granting {
    private static final Logger LOG = Logger.getLogger(Granting.class);

    private final Migrations migrations;
    private final MigrationStore store;
    private final Limits limits;

    public Granting(Migrations migrations, MigrationStore store, Limits limits) {
        this.migrations = migrations;
        this.store = store;
        this.limits = limits;
    }

    /** Grants whatever can be granted now. */
    public void run() {
        for (Place place : queue().ready()) {
            grant(place);
        }
    }

    /** As it stands now. */
    public SlotQueue queue() {
        return new SlotQueue(store.places(), limits);
    }

    /** One migration that cannot go on holds up those only that wait behind it for the same. */
    private void grant(Place place) {
        try {
            store.inTransaction(tx -> grant(tx, place));
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "a queued step cannot be started: migration=%s, step=%s",
                    place.migration(),
                    place.use().step());
        }
    }

    /** False when it was somebody else's turn meanwhile, or somebody else is changing the migration: then it is looked at again. */
    private boolean grant(Transaction tx, Place place) {
        tx.serializeGrants();
        return new SlotQueue(tx.places(), limits).ready().contains(place)
                && migrations.granted(tx, place.migration(), place.use().step());
    }
}
