package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.PlanStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is kept of dry runs, on Postgres. */
public final class PostgresPlanStore implements PlanStore {
    private final Transactions transactions;
    private final Set<String> known;

    /** @param known ids of the definitions that this process knows */
    public PostgresPlanStore(Transactions transactions, Set<String> known) {
        this.transactions = transactions;
        this.known = Set.copyOf(known);
    }

    @Override
    public List<Conflict> heldAtRequest(MigrationId plan) {
        return transactions.inTransaction(connection -> PlanTable.conflicts(connection, plan));
    }

    @Override
    @Failpoint("saga.forget-plans")
    public int forget(Instant endedBefore, int limit) {
        return transactions.inTransaction(connection -> {
            List<MigrationId> ended = PlanTable.lockEnded(connection, endedBefore, known, limit);
            PlanTable.delete(connection, ended);
            return ended.size();
        });
    }
}
