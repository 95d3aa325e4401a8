package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MessageId;
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
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be done with migrations. Each use case is one transaction: lock the migration, drop a message already seen, decide, save, add
 * to the history, put what goes out into the outbox. Replies and timers of many migrations share one.
 */
public final class Migrations {
    private static final int MOST_DUE = 1_000;

    private final SagaDefinitions definitions;
    private final MigrationStore store;
    private final MigrationIds ids;
    private final Clock clock;

    public Migrations(SagaDefinitions definitions, MigrationStore store, MigrationIds ids, Clock clock) {
        this.definitions = definitions;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
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
    }

    /** What became of a person's word. */
    public sealed interface Answered {
        record Done(SagaState state) implements Answered {}

        /** It was so already. */
        record Unchanged(SagaState state, String reason) implements Answered {}

        record Refused(Decision.Refusal refusal, String reason) implements Answered {}

        /** The key belongs to another request. */
        record KeyReused(MigrationId first) implements Answered {}

        record Unknown() implements Answered {}
    }

    /** What became of a participant's reply. */
    public sealed interface Heard {
        record Applied(SagaState state) implements Heard {}

        /** The message was handled before. */
        record Repeated() implements Heard {}

        record Ignored(String reason) implements Heard {}

        /** No migration has this id. */
        record Unknown() implements Heard {}
    }

    /** Something that a participant said. */
    public record Said(MigrationId migration, MessageId message, SagaEvent event) {}

    @Failpoint("saga.request")
    public Requested request(MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        return store.inTransaction(tx -> {
            tx.serializeRequests();
            Optional<KeyUse> use = key.flatMap(k -> tx.findKey(k.key(), k.principal()));
            return use.isPresent() ? repeated(tx, use.get(), key.orElseThrow()) : begin(tx, spec, requestedBy, key);
        });
    }

    /**
     * Takes a person's word, once for a key however often it comes, and puts it down in the audit.
     *
     * @param key of the client, if it sent one
     */
    @Failpoint("saga.word")
    public Answered said(MigrationId migration, SagaEvent.ByPerson event, Optional<IdempotencyKey> key) {
        return store.inTransaction(tx -> {
            if (key.isPresent()) {
                // The same key may be on its way to another migration.
                tx.serializeRequests();
            }
            Optional<SagaState> state = tx.lock(migration);
            if (state.isEmpty()) {
                return new Answered.Unknown();
            }
            Optional<KeyUse> use = key.flatMap(k -> tx.findKey(k.key(), k.principal()));
            if (use.isPresent()) {
                return use.get().bodyHash().equals(key.orElseThrow().bodyHash())
                        ? new Answered.Unchanged(state.get(), "it was asked for before")
                        : new Answered.KeyReused(use.get().migration());
            }
            Answered answered = answer(tx, state.get(), event);
            tx.audit(AuditEntry.Fact.of(migration, now(), event, outcome(answered)));
            if (key.isPresent() && !(answered instanceof Answered.Refused)) {
                tx.keepKey(key.get(), migration, now());
            }
            return answered;
        });
    }

    private Answered answer(Transaction tx, SagaState state, SagaEvent event) {
        return switch (apply(tx, state, event)) {
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
            case Answered.KeyReused _, Answered.Unknown _ -> throw new IllegalStateException("nothing was asked");
        };
    }

    /** Applies what a participant said once, however often it comes. */
    public Heard heard(MigrationId migration, MessageId message, SagaEvent reply) {
        return applyInOne(tx -> {
            Optional<SagaState> state = tx.lock(migration);
            if (state.isEmpty()) {
                return new Heard.Unknown();
            }
            if (!tx.firstTime(message)) {
                return new Heard.Repeated();
            }
            return hear(tx, state.get(), reply);
        });
    }

    /**
     * Applies what participants said, in this order and each once however often it comes. All of it stands or nothing.
     *
     * @return what became of each, in the same order; empty for those whose migration is not there, or is being changed by somebody else:
     *     nothing was done about them
     */
    public List<Optional<Heard>> heard(List<Said> batch) {
        return applyInOne(tx -> {
            Map<MigrationId, SagaState> states = new HashMap<>();
            for (SagaState state :
                    tx.lockFree(batch.stream().map(Said::migration).collect(Collectors.toSet()))) {
                states.put(state.subject().migration(), state);
            }
            List<Said> here = batch.stream()
                    .filter(said -> states.containsKey(said.migration()))
                    .toList();
            Set<MessageId> fresh =
                    tx.firstTimes(here.stream().map(Said::message).toList());
            return batch.stream().map(said -> hear(tx, said, states, fresh)).toList();
        });
    }

    @Failpoint("saga.reply")
    private <T> T applyInOne(Function<Transaction, T> words) {
        return store.inTransaction(words);
    }

    private Optional<Heard> hear(Transaction tx, Said said, Map<MigrationId, SagaState> states, Set<MessageId> fresh) {
        SagaState state = states.get(said.migration());
        if (state == null) {
            return Optional.empty();
        }
        if (!fresh.remove(said.message())) {
            return Optional.of(new Heard.Repeated());
        }
        Heard heard = hear(tx, state, said.event());
        if (heard instanceof Heard.Applied applied) {
            states.put(said.migration(), applied.state());
        }
        return Optional.of(heard);
    }

    private Heard hear(Transaction tx, SagaState state, SagaEvent event) {
        return switch (apply(tx, state, event)) {
            case Advance advance -> new Heard.Applied(advance.state());
            case Decision.Ignore ignore -> new Heard.Ignored(ignore.reason());
            case Decision.Refuse refuse -> new Heard.Ignored(refuse.reason());
        };
    }

    /** Migrations for {@link #fireDueTimers}. */
    public List<MigrationId> withDueTimers() {
        return store.withDueTimers(now(), MOST_DUE);
    }

    /**
     * Fires the due timers of migrations, of all or of none; leaves those alone that somebody else is changing, since then they are
     * still due.
     */
    @Failpoint("saga.timers")
    public void fireDueTimers(List<MigrationId> of) {
        var unused = store.inTransaction(
                tx -> tx.lockDue(of, now()).stream().map(due -> fire(tx, due)).toList());
    }

    /**
     * Queued steps have their slots, as whoever called {@link Transaction#serializeGrants} has found; without those whose migration somebody
     * else is changing, or that are not to be now.
     */
    public void granted(Transaction tx, List<Place> places) {
        Map<MigrationId, SagaState> states = new HashMap<>();
        Set<MigrationId> named = places.stream().map(Place::migration).collect(Collectors.toSet());
        tx.lockFree(named).forEach(state -> states.put(state.subject().migration(), state));
        for (Place place : places) {
            SagaState state = states.get(place.migration());
            if (state != null
                    && apply(tx, state, new SagaEvent.SlotsGranted(place.use().step())) instanceof Advance advance) {
                states.put(place.migration(), advance.state());
            }
        }
    }

    private static Requested repeated(Transaction tx, KeyUse use, IdempotencyKey key) {
        if (!use.bodyHash().equals(key.bodyHash())) {
            return new Requested.KeyReused(use.migration());
        }
        return new Requested.Repeated(tx.lock(use.migration())
                .orElseThrow(() -> new IllegalStateException("a key names a migration that is gone: " + use)));
    }

    private Requested begin(Transaction tx, MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        SortedSet<String> resources = Resources.of(spec);
        List<Conflict> conflicts = tx.conflicts(resources);
        if (!conflicts.isEmpty()) {
            return new Requested.Held(conflicts);
        }
        Instant now = now();
        SagaDefinition definition = definitions.newest();
        Subject subject = new Subject(ids.next(spec.name()), definition.id(), spec, requestedBy, now);
        Advance first = Decider.begin(definition, subject, now);
        tx.create(first, resources, key, now);
        tx.audit(new AuditEntry.Fact(
                subject.migration(), now, requestedBy, "request", "definition " + definition.id(), "ACCEPTED"));
        return new Requested.Accepted(first.state());
    }

    /** As fine as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private SagaState fire(Transaction tx, Due due) {
        SagaState state = due.state();
        for (TimerKey key : due.timers()) {
            // Dropped first: the decision may set the same timer again.
            tx.dropTimer(state.subject().migration(), key);
            if (apply(tx, state, new SagaEvent.TimerFired(key)) instanceof Advance advance) {
                state = advance.state();
            }
        }
        return state;
    }

    private Decision apply(Transaction tx, SagaState state, SagaEvent event) {
        Instant now = now();
        SagaDefinition definition = definitions.byId(state.subject().definition());
        Decision decision = Decider.decide(definition, state, event, now);
        switch (decision) {
            case Advance advance -> tx.advance(advance, now);
            // A timer that nobody waits for any more is nothing to wonder about.
            case Decision.Ignore _ when event instanceof SagaEvent.TimerFired -> {}
            case Decision.Ignore ignore -> tx.ignored(state.subject().migration(), ignore.reason(), now);
            case Decision.Refuse _ -> {}
        }
        return decision;
    }
}
