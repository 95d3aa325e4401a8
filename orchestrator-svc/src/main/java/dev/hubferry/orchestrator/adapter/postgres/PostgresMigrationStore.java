package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.trace.Traces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Migrations on Postgres. Every writer locks the migration's row before anything else of it, so that none waits for another in a ring. */
public final class PostgresMigrationStore implements MigrationStore {
    private final Transactions transactions;
    private final OutgoingMessages messages;
    private final SeenMessages seen;
    private final Set<String> known;
    private final Watcher watcher;
    private final Traces traces;
    private final KnownStates states = new KnownStates();

    /** Hears what stands now, after the commit. */
    public interface Watcher {
        /** A migration has gone on. */
        void changed(MigrationId migration);

        /** Timers were set. @param firstDue when the first of them is due */
        void timersSet(Instant firstDue);

        /** Somebody waits for slots now, or has some, or gave some back. */
        void slotsChanged();

        /** A migration, or a dry run, has gone a step onwards. */
        default void advanced(Movement movement) {}
    }

    /**
     * @param source {@code ce_source} of what the orchestrator says
     * @param known ids of the definitions that this process knows
     */
    public PostgresMigrationStore(
            Transactions transactions,
            Outbox outbox,
            SeenMessages seen,
            String source,
            Set<String> known,
            Watcher watcher) {
        this(transactions, outbox, seen, source, known, watcher, Traces.NONE);
    }

    /** As the other, for one whose migrations are told of in traces. */
    public PostgresMigrationStore(
            Transactions transactions,
            Outbox outbox,
            SeenMessages seen,
            String source,
            Set<String> known,
            Watcher watcher,
            Traces traces) {
        this.transactions = transactions;
        this.messages = new OutgoingMessages(outbox, source);
        this.seen = seen;
        this.known = Set.copyOf(known);
        this.watcher = watcher;
        this.traces = traces;
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        Writes writes = new Writes(messages, traces);
        T result = transactions.inTransaction(connection -> {
            try {
                T done = work.apply(new PostgresTransaction(connection, writes, states, seen, known));
                writes.flush(connection);
                return done;
            } catch (UncheckedSqlException e) {
                throw e.sqlException();
            }
        });
        writes.tell(states);
        if (writes.slotsChanged()) {
            watcher.slotsChanged();
        }
        if (!writes.migrations().isEmpty() || writes.hasAnswers()) {
            messages.leave();
        }
        if (!writes.migrations().isEmpty()) {
            writes.migrations().forEach(watcher::changed);
            writes.firstDue().ifPresent(watcher::timersSet);
            writes.movements().forEach(watcher::advanced);
        }
        return result;
    }

    @Override
    public Optional<Kept> find(MigrationId migration) {
        return transactions.inTransaction(connection -> MigrationTable.find(connection, migration, known));
    }

    @Override
    public Optional<Look> look(MigrationId migration) {
        return transactions.inTransaction(connection -> MigrationTable.look(connection, migration, known));
    }

    @Override
    public Optional<Kept.NotOurs> notOurs(MigrationId migration) {
        return transactions.inTransaction(
                connection -> MigrationTable.notOurs(connection, Set.of(migration), known).stream()
                        .findFirst());
    }

    @Override
    public List<Kept> list(ListQuery query) {
        return transactions.inTransaction(connection -> ListingTable.list(connection, query, known));
    }

    @Override
    public List<NumberedEvent> events(MigrationId migration, long after, int limit) {
        return transactions.inTransaction(connection -> EventTable.after(connection, migration, after, limit));
    }

    @Override
    public Audit audit(MigrationId migration) {
        return transactions.inTransaction(connection -> AuditTable.all(connection, migration));
    }

    @Override
    public Audit auditOfRequests() {
        return transactions.inTransaction(AuditTable::ofRequests);
    }

    @Override
    public boolean auditHas(AuditEntry.Fact fact, Instant since) {
        return transactions.inTransaction(connection -> AuditTable.has(connection, fact, since));
    }

    @Override
    public List<MigrationId> withDueTimers(Instant now, int limit) {
        return transactions.inTransaction(connection -> TimerTable.withDue(connection, now, known, limit));
    }

    @Override
    public Optional<Instant> nextTimer() {
        return transactions.inTransaction(connection -> TimerTable.next(connection, known));
    }

    @Override
    public List<Place> places() {
        return transactions.inTransaction(connection -> SlotTable.all(connection, known));
    }
}
