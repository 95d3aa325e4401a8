package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Gives slots to those whose turn it is, in one transaction with what their sagas make of it. Over all replicas one
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

    /**
     * Grants whatever can be granted now. Whose turn it is but whose definition only a newer process knows has to wait for that one: it
     * keeps its turn, and what it needs, until then.
     */
    public void run() {
        List<Place> ready = queue().ready().stream().filter(Place::ours).toList();
        if (!ready.isEmpty()) {
            grant(ready);
        }
    }

    /** As it stands now. */
    public SlotQueue queue() {
        return new SlotQueue(store.places(), limits);
    }

    /** All of it in one transaction; when that fails each on its own, so that one migration that cannot go on holds up no other. */
    @Failpoint("saga.grant")
    private void grant(List<Place> places) {
        try {
            var unused = store.inTransaction(tx -> grant(tx, places));
        } catch (RuntimeException | Error e) {
            if (places.size() == 1) {
                Place place = places.getFirst();
                LOG.errorf(
                        e,
                        "a queued step cannot be started: migration=%s, step=%s",
                        place.migration(),
                        place.use().step());
            } else {
                places.forEach(place -> grant(List.of(place)));
            }
        }
    }

    /** Leaves those alone that were somebody else's turn meanwhile, or that somebody else is changing: they are looked at again. */
    private boolean grant(Transaction tx, List<Place> places) {
        tx.serializeGrants();
        Set<Place> ready = new HashSet<>(new SlotQueue(tx.places(), limits).ready());
        migrations.granted(tx, places.stream().filter(ready::contains).toList());
        return true;
    }
}
