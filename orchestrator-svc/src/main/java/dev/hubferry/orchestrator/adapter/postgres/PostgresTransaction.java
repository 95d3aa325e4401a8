package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.EventRequests.Answered;
import dev.hubferry.orchestrator.saga.EventRequests.OpenPlan;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.MigrationStore.Due;
import dev.hubferry.orchestrator.saga.MigrationStore.KeyUse;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The writing side on one connection. */
final class PostgresTransaction implements Transaction {
    private final Connection connection;
    private final Writes writes;
    private final KnownStates states;
    private final SeenMessages seen;
    private final Set<String> known;

    /** @param known definitions: whose migrations are ours */
    PostgresTransaction(
            Connection connection, Writes writes, KnownStates states, SeenMessages seen, Set<String> known) {
        this.connection = connection;
        this.writes = writes;
        this.states = states;
        this.seen = seen;
        this.known = known;
    }

    @Override
    public void serializeKey(IdempotencyKey key) {
        run(() -> IdempotencyTable.serialize(connection, key));
    }

    @Override
    public void serializeResources(Set<String> resources) {
        run(() -> LockTable.serialize(connection, resources));
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
            MigrationTable.insert(connection, first.state(), first.events().size(), now, writes.here());
            LockTable.insert(connection, migration, resources);
            if (key.isPresent()) {
                IdempotencyTable.insert(connection, key.get(), migration, now);
            }
        });
        writes.created(first, now);
    }

    @Override
    public void keepPlan(MigrationId plan, List<Conflict> held) {
        run(() -> PlanTable.insert(connection, plan, held));
    }

    @Override
    public Optional<Kept> lock(MigrationId migration) {
        Set<MigrationId> one = Set.of(migration);
        return get(() -> kept(one, MigrationTable.lock(connection, one, known))).stream()
                .findFirst();
    }

    @Override
    public List<Kept> lockFree(Collection<MigrationId> migrations) {
        return get(() -> kept(migrations, MigrationTable.lockFree(connection, migrations, known)));
    }

    /** @param locked versions of those of ours that are locked now */
    private List<Kept> kept(Collection<MigrationId> asked, Map<MigrationId, String> locked) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        states.of(connection, locked).forEach(state -> {
            writes.found(state);
            kept.add(new Kept.Ours(state));
        });
        Set<MigrationId> rest = new HashSet<>(asked);
        rest.removeAll(locked.keySet());
        if (!rest.isEmpty()) {
            kept.addAll(MigrationTable.notOurs(connection, rest, known));
        }
        return kept;
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
    public void lockAuditOfRequests() {
        run(() -> AuditTable.lockRequests(connection));
    }

    @Override
    public boolean auditHas(AuditEntry.Fact fact, Instant since) {
        return get(() -> AuditTable.has(connection, fact, since));
    }

    @Override
    public void audit(AuditEntry.Fact fact) {
        run(() -> AuditTable.append(connection, AuditChain.next(AuditTable.end(connection, fact.scope()), fact)));
    }

    @Override
    public void ignored(MigrationId migration, String reason, Instant now) {
        run(() -> IgnoredTable.insert(connection, migration, reason, now));
    }

    @Override
    public void serializeRequest(EventRequest request) {
        run(() -> EventRequestTable.serialize(connection, request));
    }

    @Override
    public Optional<Answered> findAnswer(String requester, String id) {
        return get(() -> EventRequestTable.find(connection, requester, id));
    }

    @Override
    public void keepAnswer(EventRequest request, EventAnswer answer, Instant now) {
        run(() -> EventRequestTable.insert(connection, request, answer, now));
    }

    @Override
    public void answer(EventRequest request, EventAnswer answer, Instant at) {
        writes.answered(request, answer, at);
    }

    @Override
    public Optional<OpenPlan> lockEndedPlan() {
        return get(() -> EventRequestTable.lockEndedPlan(connection, known));
    }

    @Override
    public void closePlan(EventRequest request) {
        run(() -> EventRequestTable.closePlan(connection, request));
    }

    @Override
    public int forgetAnswers(Instant before, int limit) {
        return get(() -> EventRequestTable.forget(connection, before, limit));
    }

    @Override
    public List<Due> lockDue(Collection<MigrationId> migrations, Instant now) {
        return get(() -> {
            List<SagaState> locked = states.of(connection, MigrationTable.lockFree(connection, migrations, known));
            Map<MigrationId, List<TimerKey>> due = TimerTable.due(
                    connection,
                    locked.stream().map(state -> state.subject().migration()).toList(),
                    now);
            locked.forEach(writes::found);
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
        return get(() -> SlotTable.all(connection, known));
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
