package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.MigrationStore.KeyUse;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Begins dry runs: sagas of {@link PlanHub}, kept where migrations are, so that nothing of one is lost in a crash, but without locks. While
 * a migration has what a dry run is about, nothing is checked: participants do one thing after the other to a hub, and a check would stand
 * before that migration's next step, in the downtime too.
 */
public final class Planning {
    private final SagaDefinition definition;
    private final MigrationStore store;
    private final MigrationIds ids;
    private final Clock clock;

    /** @param definition of {@link PlanHub} */
    public Planning(SagaDefinition definition, MigrationStore store, MigrationIds ids, Clock clock) {
        this.definition = definition;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** What became of a request for a plan. */
    public sealed interface Planned {
        /** Now, or before by the same request. */
        record Accepted(SagaState state) implements Planned {}

        /** The key belongs to another request. */
        record KeyReused(MigrationId first) implements Planned {}

        /** The same request was accepted before, by a newer process. */
        record NotOurs(Kept.NotOurs plan) implements Planned {}
    }

    @Failpoint("saga.plan")
    public Planned plan(MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        return store.inTransaction(tx -> {
            key.ifPresent(tx::serializeKey);
            Optional<KeyUse> use = key.flatMap(k -> tx.findKey(k.key(), k.principal()));
            return use.isPresent() ? repeated(tx, use.get(), key.orElseThrow()) : begin(tx, spec, requestedBy, key);
        });
    }

    /** As {@link #plan(MigrationSpec, String, Optional)}, in a transaction that knows by itself what it has done before. */
    public Planned plan(Transaction tx, MigrationSpec spec, String requestedBy) {
        return begin(tx, spec, requestedBy, Optional.empty());
    }

    private static Planned repeated(Transaction tx, KeyUse use, IdempotencyKey key) {
        if (!use.bodyHash().equals(key.bodyHash())) {
            return new Planned.KeyReused(use.migration());
        }
        Kept kept = tx.lock(use.migration())
                .orElseThrow(() -> new IllegalStateException("a key names a plan that is gone: " + use));
        return switch (kept) {
            case Kept.Ours ours -> new Planned.Accepted(ours.state());
            case Kept.NotOurs other -> new Planned.NotOurs(other);
        };
    }

    private Planned begin(Transaction tx, MigrationSpec spec, String requestedBy, Optional<IdempotencyKey> key) {
        // As fine as the database keeps it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Subject subject = new Subject(ids.next("plan " + spec.name()), definition.id(), spec, requestedBy, now);
        List<Conflict> held = tx.conflicts(Resources.of(spec));
        Advance first = held.isEmpty()
                ? Decider.begin(definition, subject, now)
                : Decider.beginAndEnd(definition, subject, now);
        tx.create(first, Set.of(), key, now);
        tx.keepPlan(subject.migration(), held);
        return new Planned.Accepted(first.state());
    }
}
