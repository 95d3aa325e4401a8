package dev.hubferry.db.domain;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.DatabaseCarrier.Access;
import java.util.Optional;

/** Undoes a transfer, in whatever state it was left: the target has its own database again, or none when it had none. */
public final class RestoreTargetDatabase {
    private final DatabaseCarrier carrier;
    private final RestGuard guard;

    public RestoreTargetDatabase(HubInspector inspector, DatabaseCarrier carrier) {
        this.carrier = carrier;
        this.guard = new RestGuard(inspector);
    }

    /** @throws Refusal when the target's own cannot be put back now; nothing is lost then */
    public DbReply.TargetDatabaseRestored restore(HubRef source, HubRef target, Task task) throws InterruptedException {
        sweep(source, task);
        Optional<DatabaseFiles> own = task.target().own();
        if (own.isEmpty()) {
            sweep(target, task);
            task.target().forget();
            return new DbReply.TargetDatabaseRestored(false);
        }
        boolean placed = task.target().placingBegun();
        guard.demandRest(target, task);
        try (DatabaseRoom there = carrier.open(target, Access.CHANGE, task)) {
            task.ensureHeld();
            there.restore(own.get(), placed);
        }
        task.target().forget();
        return new DbReply.TargetDatabaseRestored(placed);
    }

    private void sweep(HubRef hub, Task task) throws InterruptedException {
        try {
            carrier.sweep(hub, task);
        } catch (Refusal refusal) {
            // What a crashed run left ends by its own deadline; the way back must not depend on a cluster that may be
            // gone.
            task.report("left-overs at " + HubProfile.where(hub) + " not removed", 0, 0);
        }
    }
}
