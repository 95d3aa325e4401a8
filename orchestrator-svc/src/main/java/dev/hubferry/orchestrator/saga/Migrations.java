package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.MigrationStore.Due;
import dev.hubferry.orchestrator.saga.MigrationStore.KeyUse;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What can be done with migrations, but for {@link Hearing} what participants say. Each use case is one transaction: lock the migration,
 * decide, save, add to the history, put what goes out into the outbox. Timers of many migrations share one.
 */
public final class Migrations {
    private static final int MOST_DUE = 1_000;

    private final SagaDefinitions definitions;
    private final MigrationStore store;
    private final MigrationIds ids;
    private final Deciding deciding;

    public Migrations(SagaDefinitions definitions, MigrationStore store, MigrationIds ids, Clock clock) {
        this.definitions = definitions;
        this.store = store;
        this.ids = ids;
        this.deciding = new Deciding(definitions, clock);
    }

    /** What became of a request for a migration. */
    public sealed interface Requested {
        record Accepted(SagaState state) implements Requested {}

        /** The same request was accepted before. */
        record Repeated(SagaState state) implements Requested {}

        /** The key belongs to another request. */
        record KeyReused(MigrationId first) implements Requested {}

        /** Another migration holds what this one needs. */
        record Held(List<Conflict> conflicts) implements Requested {}

        /** The same request was accepted before, by a newer process. */
        record NotOurs(Kept.NotOurs migration) implements Requested {}
    }

    /** What became of a person's word. */
    public sealed interface Answered {
        record Done(SagaState state) implements Answered {}

        /** It was so already. */
        record Unchanged(SagaState state, String reason) implements Answered {}

        record Refused(Decision.Refusal refusal, String reason) implements Answered {}

        /** The key belongs to another request. */
        record KeyReused(MigrationId first) implements Answered {}

        /** Only a newer process can say; nothing was done. */
        record NotOurs(Kept.NotOurs migration) implements Answered {}

        record Unknown() implements Answered {}
    }

    @Failpoint("saga.request")
    public Requested request(MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        return store.inTransaction(tx -> {
            key.ifPresent(tx::serializeKey);
            Optional<KeyUse> use = key.flatMap(k -> tx.findKey(k.key(), k.principal()));
            return use.isPresent() ? repeated(tx, use.get(), key.orElseThrow()) : begin(tx, spec, requestedBy, key);
        });
    }

    /** As {@link #request(MigrationSpec, String, Optional)}, in a transaction that knows by itself what it has done before. */
    public Requested request(Transaction tx, MigrationSpec spec, String requestedBy) {
        return begin(tx, spec, requestedBy, Optional.empty());
    }

    /**
     * Takes a person's word, once for a key however often it comes, and puts it down in the audit.
     *
     * @param key of the client, if it sent one
     */
    @Failpoint("saga.word")
    public Answered said(MigrationId migration, SagaEvent.ByPerson event, Optional<IdempotencyKey> key) {
        return store.inTransaction(tx -> {
            // The same key may be on its way to another migration.
            key.ifPresent(tx::serializeKey);
            return said(tx, migration, event, key);
        });
    }

    /** As {@link #said(MigrationId, SagaEvent.ByPerson, Optional)}, in a transaction that knows by itself what it has done before. */
    public Answered said(Transaction tx, MigrationId migration, SagaEvent.ByPerson event) {
        return said(tx, migration, event, Optional.empty());
    }

    private Answered said(
            Transaction tx, MigrationId migration, SagaEvent.ByPerson event, Optional<IdempotencyKey> key) {
        Optional<Kept> kept = tx.lock(migration);
        if (kept.isEmpty()) {
            return new Answered.Unknown();
        }
        return switch (kept.get()) {
            // Nobody can say anything of a dry run: it is no migration.
            case Kept.Ours ours when PlanHub.isIdOfPlan(ours.state().subject().definition()) -> new Answered.Unknown();
            case Kept.Ours ours -> said(tx, ours.state(), event, key);
            case Kept.NotOurs other -> new Answered.NotOurs(other);
        };
    }

    private Answered said(Transaction tx, SagaState state, SagaEvent.ByPerson event, Optional<IdempotencyKey> key) {
        MigrationId migration = state.subject().migration();
        Optional<KeyUse> use = key.flatMap(k -> tx.findKey(k.key(), k.principal()));
        if (use.isPresent()) {
            return use.get().bodyHash().equals(key.orElseThrow().bodyHash())
                    ? new Answered.Unchanged(state, "it was asked for before")
                    : new Answered.KeyReused(use.get().migration());
        }
        Answered answered = answer(tx, state, event);
        tx.audit(AuditEntry.Fact.of(migration, deciding.now(), event, outcome(answered)));
        if (key.isPresent() && !(answered instanceof Answered.Refused)) {
            tx.keepKey(key.get(), migration, deciding.now());
        }
        return answered;
    }

    private Answered answer(Transaction tx, SagaState state, SagaEvent event) {
        return switch (deciding.apply(tx, state, event)) {
            case Advance advance -> new Answered.Done(advance.state());
            case Decision.Ignore ignore -> new Answered.Unchanged(state, ignore.reason());
            case Decision.Refuse refuse -> new Answered.Refused(refuse.refusal(), refuse.reason());
        };
    }

    private static String outcome(Answered answered) {
        return switch (answered) {
            case Answered.Done _ -> "ACCEPTED";
            case Answered.Unchanged unchanged -> "UNCHANGED: " + unchanged.reason();
            case Answered.Refused refused -> "REFUSED: " + refused.reason();
            case Answered.KeyReused _, Answered.NotOurs _, Answered.Unknown _ ->
                throw new IllegalStateException("nothing was asked");
        };
    }

    /** Migrations for {@link #fireDueTimers}. */
    public List<MigrationId> withDueTimers() {
        return store.withDueTimers(deciding.now(), MOST_DUE);
    }

    /**
     * Fires the due timers of migrations, of all or of none; leaves those alone that somebody else is changing, since then they are
     * still due.
     */
    @Failpoint("saga.timers")
    public void fireDueTimers(List<MigrationId> of) {
        var unused = store.inTransaction(tx -> tx.lockDue(of, deciding.now()).stream()
                .map(due -> fire(tx, due))
                .toList());
    }

    /**
     * Queued steps have their slots, as whoever called {@link Transaction#serializeGrants} has found; without those whose migration somebody
     * else is changing, or that are not to be now.
     */
    public void granted(Transaction tx, List<Place> places) {
        Map<MigrationId, SagaState> states = new HashMap<>();
        Set<MigrationId> named = places.stream().map(Place::migration).collect(Collectors.toSet());
        for (Kept kept : tx.lockFree(named)) {
            if (kept instanceof Kept.Ours ours) {
                states.put(ours.migration(), ours.state());
            }
        }
        for (Place place : places) {
            SagaState state = states.get(place.migration());
            if (state != null
                    && deciding.apply(
                                    tx,
                                    state,
                                    new SagaEvent.SlotsGranted(place.use().step()))
                            instanceof Advance advance) {
                states.put(place.migration(), advance.state());
            }
        }
    }

    private static Requested repeated(Transaction tx, KeyUse use, IdempotencyKey key) {
        if (!use.bodyHash().equals(key.bodyHash())) {
            return new Requested.KeyReused(use.migration());
        }
        Kept kept = tx.lock(use.migration())
                .orElseThrow(() -> new IllegalStateException("a key names a migration that is gone: " + use));
        return switch (kept) {
            case Kept.Ours ours -> new Requested.Repeated(ours.state());
            case Kept.NotOurs other -> new Requested.NotOurs(other);
        };
    }

    private Requested begin(Transaction tx, MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        SortedSet<String> resources = Resources.of(spec);
        tx.serializeResources(resources);
        List<Conflict> conflicts = tx.conflicts(resources);
        if (!conflicts.isEmpty()) {
            return new Requested.Held(conflicts);
        }
        Instant now = deciding.now();
        SagaDefinition definition = definitions.newest();
        Subject subject = new Subject(ids.next(spec.name()), definition.id(), spec, requestedBy, now);
        Advance first = Decider.begin(definition, subject, now);
        tx.create(first, resources, key, now);
        tx.audit(new AuditEntry.Fact(
                subject.migration(), now, requestedBy, "request", "definition " + definition.id(), "ACCEPTED"));
        return new Requested.Accepted(first.state());
    }

    private SagaState fire(Transaction tx, Due due) {
        SagaState state = due.state();
        for (TimerKey key : due.timers()) {
            // Dropped first: the decision may set the same timer again.
            tx.dropTimer(state.subject().migration(), key);
            if (deciding.apply(tx, state, new SagaEvent.TimerFired(key)) instanceof Advance advance) {
                state = advance.state();
            }
        }
        return state;
    }
}
