package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Migrations on Postgres. Every writer locks the migration's row before anything else of it, so that none waits for another in a ring. */
public final class PostgresMigrationStore implements MigrationStore {
    private final Transactions transactions;
    private final OutgoingMessages messages;
    private final SeenMessages seen;
    private final Consumer<MigrationId> changed;
    private final Runnable slotsChanged;

    /**
     * @param source {@code ce_source} of what the orchestrator says
     * @param changed called after the commit for every migration that a transaction changed
     * @param slotsChanged called after the commit of a transaction that changed who waits for slots or has them
     */
    public PostgresMigrationStore(
            Transactions transactions,
            Outbox outbox,
            SeenMessages seen,
            String source,
            Consumer<MigrationId> changed,
            Runnable slotsChanged) {
        this.transactions = transactions;
        this.messages = new OutgoingMessages(outbox, source);
        this.seen = seen;
        this.changed = changed;
        this.slotsChanged = slotsChanged;
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        Set<MigrationId> touched = new HashSet<>();
        Set<MigrationId> queued = new HashSet<>();
        T result = transactions.inTransaction(connection -> {
            try {
                return work.apply(new Jdbc(connection, touched, queued));
            } catch (UncheckedSqlException e) {
                throw e.cause;
            }
        });
        if (!queued.isEmpty()) {
            slotsChanged.run();
        }
        if (!touched.isEmpty()) {
            messages.leave();
            touched.forEach(changed);
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
        private final Set<MigrationId> touched;
        private final Set<MigrationId> queued;

        /**
         * @param touched gets the migrations that are changed
         * @param queued gets those of them whose slots are
         */
        Jdbc(Connection connection, Set<MigrationId> touched, Set<MigrationId> queued) {
            this.connection = connection;
            this.touched = touched;
            this.queued = queued;
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
                say(first, first.events().size(), now);
            });
        }

        @Override
        public Optional<SagaState> lock(MigrationId migration) {
            return get(() -> MigrationTable.lock(connection, migration));
        }

        @Override
        public boolean firstTime(MessageId message) {
            return get(() -> seen.firstTime(connection, message));
        }

        @Override
        public void advance(Advance advance, Instant now) {
            run(() -> {
                long lastEvent = MigrationTable.update(
                        connection, advance.state(), advance.events().size(), now);
                say(advance, lastEvent, now);
            });
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
        public Optional<Due> lockDue(MigrationId migration, Instant now) {
            return get(() -> {
                Optional<SagaState> state = MigrationTable.lockUnlessHeld(connection, migration);
                return state.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Due(state.get(), TimerTable.due(connection, migration, now)));
            });
        }

        @Override
        public void dropTimer(MigrationId migration, TimerKey key) {
            run(() -> TimerTable.delete(connection, migration, key));
        }

        @Override
        public void serializeGrants() {
            run(() -> SlotTable.serialize(connection));
        }

        @Override
        public List<Place> places() {
            return get(() -> SlotTable.all(connection));
        }

        @Override
        public Optional<SagaState> lockUnlessHeld(MigrationId migration) {
            return get(() -> MigrationTable.lockUnlessHeld(connection, migration));
        }

        private void say(Advance advance, long lastEvent, Instant now) throws SQLException {
            MigrationId migration = advance.state().subject().migration();
            List<NumberedEvent> events = numbered(advance.events(), lastEvent, now);
            EventTable.insert(connection, migration, events);
            messages.addCommands(connection, migration, advance.outgoing(), now);
            messages.addEvents(connection, migration, events);
            TimerTable.upsert(connection, migration, advance.timers());
            if (advance.slots().isPresent()) {
                SlotTable.put(connection, migration, advance.slots().get(), now);
                queued.add(migration);
            }
            switch (advance.state()) {
                case SagaState.Completed _, SagaState.RolledBack _ -> {
                    LockTable.release(connection, migration);
                    TimerTable.deleteAll(connection, migration);
                }
                case SagaState.Running _, SagaState.Compensating _, SagaState.Parked _ -> {}
            }
            touched.add(migration);
        }

        private static List<NumberedEvent> numbered(List<MigrationEvent> events, long last, Instant now) {
            List<NumberedEvent> numbered = new ArrayList<>();
            long number = last - events.size();
            for (MigrationEvent event : events) {
                number++;
                numbered.add(new NumberedEvent(number, now, event));
            }
            return numbered;
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
