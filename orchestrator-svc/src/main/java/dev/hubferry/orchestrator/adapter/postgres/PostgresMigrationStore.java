package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.DatabaseException;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Migrations on Postgres. Every writer locks the migration's row before anything else of it, so that none waits for another in a ring. */
public final class PostgresMigrationStore implements MigrationStore {
    private final Transactions transactions;
    private final OutgoingMessages messages;
    private final SeenMessages seen;
    private final Watcher watcher;
    private final KnownStates states = new KnownStates();

    /** Hears what stands now, after the commit. */
    public interface Watcher {
        /** A migration has gone on. */
        void changed(MigrationId migration);

        /** Timers were set. @param firstDue when the first of them is due */
        void timersSet(Instant firstDue);

        /** Somebody waits for slots now, or has some, or gave some back. */
        void slotsChanged();
    }

    /** @param source {@code ce_source} of what the orchestrator says */
    public PostgresMigrationStore(
            Transactions transactions, Outbox outbox, SeenMessages seen, String source, Watcher watcher) {
        this.transactions = transactions;
        this.messages = new OutgoingMessages(outbox, source);
        this.seen = seen;
        this.watcher = watcher;
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        Writes writes = new Writes(messages);
        T result = transactions.inTransaction(connection -> {
            try {
                T done = work.apply(new Jdbc(connection, writes));
                writes.flush(connection);
                return done;
            } catch (UncheckedSqlException e) {
                throw e.cause;
            }
        });
        writes.tell(states);
        if (writes.slotsChanged()) {
            watcher.slotsChanged();
        }
        if (!writes.migrations().isEmpty()) {
            messages.leave();
            writes.migrations().forEach(watcher::changed);
            writes.firstDue().ifPresent(watcher::timersSet);
        }
        return result;
    }

    @Override
    public Optional<SagaState> find(MigrationId migration) {
        return transactions.inTransaction(connection -> MigrationTable.find(connection, migration));
    }

    @Override
    public List<SagaState> list(ListQuery query) {
        return transactions.inTransaction(connection -> MigrationTable.list(connection, query));
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
    public List<MigrationId> withDueTimers(Instant now, int limit) {
        return transactions.inTransaction(connection -> TimerTable.withDue(connection, now, limit));
    }

    @Override
    public Optional<Instant> nextTimer() {
        return transactions.inTransaction(TimerTable::next);
    }

    @Override
    public List<Place> places() {
        return transactions.inTransaction(SlotTable::all);
    }

    /** Lets a database error pass through a port that knows of none; ends as {@link DatabaseException}. */
    private static final class UncheckedSqlException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException cause;

        UncheckedSqlException(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private final class Jdbc implements Transaction {
        private final Connection connection;
        private final Writes writes;

        Jdbc(Connection connection, Writes writes) {
            this.connection = connection;
            this.writes = writes;
        }

        @Override
        public void serializeRequests() {
            run(() -> LockTable.serialize(connection));
        }

        @Override
        public Optional<KeyUse> findKey(String key, String principal) {
            return get(() -> IdempotencyTable.find(connection, key, principal));
        }

        @Override
        public List<Conflict> conflicts(Set<String> resources) {
            return get(() -> LockTable.conflicts(connection, resources));
        }

        @Override
        public void create(Advance first, Set<String> resources, Optional<IdempotencyKey> key, Instant now) {
            MigrationId migration = first.state().subject().migration();
            run(() -> {
                MigrationTable.insert(connection, first.state(), first.events().size(), now);
                LockTable.insert(connection, migration, resources);
                if (key.isPresent()) {
                    IdempotencyTable.insert(connection, key.get(), migration, now);
                }
            });
            writes.created(first, now);
        }

        @Override
        public Optional<SagaState> lock(MigrationId migration) {
            return get(() -> states.of(connection, MigrationTable.lock(connection, Set.of(migration))).stream()
                    .findFirst());
        }

        @Override
        public List<SagaState> lockFree(Collection<MigrationId> migrations) {
            return get(() -> states.of(connection, MigrationTable.lockFree(connection, migrations)));
        }

        @Override
        public Set<MessageId> firstTimes(Collection<MessageId> all) {
            return get(() -> seen.firstTimes(connection, all));
        }

        @Override
        public boolean firstTime(MessageId message) {
            return get(() -> seen.firstTime(connection, message));
        }

        @Override
        public void advance(Advance advance, Instant now) {
            writes.advanced(advance, now);
        }

        @Override
        public void keepKey(IdempotencyKey key, MigrationId migration, Instant now) {
            run(() -> IdempotencyTable.insert(connection, key, migration, now));
        }

        @Override
        public void audit(AuditEntry.Fact fact) {
            run(() ->
                    AuditTable.append(connection, AuditChain.next(AuditTable.end(connection, fact.migration()), fact)));
        }

        @Override
        public void ignored(MigrationId migration, String reason, Instant now) {
            run(() -> IgnoredTable.insert(connection, migration, reason, now));
        }

        @Override
        public List<Due> lockDue(Collection<MigrationId> migrations, Instant now) {
            return get(() -> {
                List<SagaState> locked = lockFree(migrations);
                Map<MigrationId, List<TimerKey>> due = TimerTable.due(
                        connection,
                        locked.stream()
                                .map(state -> state.subject().migration())
                                .toList(),
                        now);
                return locked.stream()
                        .map(state ->
                                new Due(state, due.getOrDefault(state.subject().migration(), List.of())))
                        .toList();
            });
        }

        @Override
        public void dropTimer(MigrationId migration, TimerKey key) {
            writes.dropTimer(migration, key);
        }

        @Override
        public void serializeGrants() {
            run(() -> SlotTable.serialize(connection));
        }

        @Override
        public List<Place> places() {
            return get(() -> SlotTable.all(connection));
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        T get() throws SQLException;
    }

    @FunctionalInterface
    private interface Write {
        void run() throws SQLException;
    }

    private static <T> T get(Read<T> read) {
        try {
            return read.get();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private static void run(Write write) {
        try {
            write.run();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }
}
