package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Has something due at every look, and runs out of memory every time. */
final class BrokenStore implements MigrationStore {
    final AtomicInteger looks = new AtomicInteger();

    @Override
    public List<MigrationId> withDueTimers(Instant now, int limit) {
        if (looks.incrementAndGet() == 1) {
            throw new OutOfMemoryError("in a test");
        }
        return List.of(new MigrationId("m-1"));
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        throw new StackOverflowError("in a test");
    }

    @Override
    public List<Place> places() {
        if (looks.incrementAndGet() == 1) {
            throw new OutOfMemoryError("in a test");
        }
        Slot slot = new Slot(Slot.Kind.SEED, "nfs");
        SlotUse use = new SlotUse.Waiting("seed-homes", Set.of(slot), Priority.NORMAL, Instant.EPOCH);
        return List.of(new Place(new MigrationId("m-1"), use, Instant.EPOCH));
    }

    @Override
    public Optional<Instant> nextTimer() {
        return Optional.empty();
    }

    @Override
    public Audit audit(MigrationId migration) {
        return new Audit(List.of(), AuditChain.End.OF_NONE);
    }

    @Override
    public Audit auditOfRequests() {
        return new Audit(List.of(), AuditChain.End.OF_NONE);
    }

    @Override
    public boolean auditHas(AuditEntry.Fact fact, Instant since) {
        return false;
    }

    @Override
    public Optional<Kept.NotOurs> notOurs(MigrationId migration) {
        return Optional.empty();
    }

    @Override
    public Optional<Kept> find(MigrationId migration) {
        return Optional.empty();
    }

    @Override
    public Optional<Look> look(MigrationId migration) {
        return Optional.empty();
    }

    @Override
    public List<Kept> list(ListQuery query) {
        return List.of();
    }

    @Override
    public List<NumberedEvent> events(MigrationId migration, long after, int limit) {
        return List.of();
    }
}
