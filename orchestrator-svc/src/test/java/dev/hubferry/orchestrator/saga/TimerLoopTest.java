package dev.hubferry.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.testbed.Await;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimerLoopTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void looksAgainAfterAnErrorOfTheVirtualMachine() {
        // Given
        BrokenStore store = new BrokenStore();
        TimerLoop loop = loop(store, Duration.ofMillis(1));

        // When
        loop.start();

        // Then
        try {
            Await.until("a third look", SOON, () -> store.looks.get() >= 3);
        } finally {
            loop.stop();
        }
    }

    @Test
    void oneMigrationThatCannotGoOnHoldsUpNoOther() {
        // Given
        PartlyBrokenStore store = new PartlyBrokenStore();
        TimerLoop loop = loop(store, Duration.ofHours(1));

        // When
        loop.start();

        // Then
        try {
            Await.until("the others to be fired", SOON, () -> store.fired.containsAll(store.sound()));
            assertThat(store.fired).doesNotContain(PartlyBrokenStore.BAD);
        } finally {
            loop.stop();
        }
    }

    @Test
    void looksAtOnceForATimerThatIsDueBeforeTheNextLook() {
        // Given
        PartlyBrokenStore store = new PartlyBrokenStore();
        TimerLoop loop = loop(store, Duration.ofHours(1));
        loop.start();
        try {
            Await.until("the first look to be over", SOON, () -> store.nexts.get() == 1);

            // When
            loop.set(Instant.now());

            // Then
            Await.until("another look", SOON, () -> store.nexts.get() == 2);
        } finally {
            loop.stop();
        }
    }

    private static TimerLoop loop(MigrationStore store, Duration poll) {
        Clock clock = Clock.systemUTC();
        Patience patience = new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1));
        SagaDefinitions definitions = new SagaDefinitions(MigrateHub.definition(patience), List.of());
        Migrations migrations = new Migrations(definitions, store, new MigrationIds(new Random(1)), clock);
        return new TimerLoop(migrations, store, clock, poll);
    }

    /** Has timers of seven migrations due, and fails whenever one of these is among those that are locked. */
    private static final class PartlyBrokenStore extends EmptyStore {
        private static final MigrationId BAD = new MigrationId("m-3");

        private final Set<MigrationId> fired = ConcurrentHashMap.newKeySet();
        private final AtomicInteger nexts = new AtomicInteger();

        private List<MigrationId> sound() {
            return withDueTimers(Instant.EPOCH, 0).stream()
                    .filter(migration -> !migration.equals(BAD))
                    .toList();
        }

        @Override
        public List<MigrationId> withDueTimers(Instant now, int limit) {
            return IntStream.rangeClosed(1, 7)
                    .mapToObj(number -> new MigrationId("m-" + number))
                    .toList();
        }

        @Override
        public Optional<Instant> nextTimer() {
            nexts.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public <T> T inTransaction(Function<Transaction, T> work) {
            return work.apply((Transaction) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Transaction.class}, (_, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("lockDue");
                        return lockDue((Collection<?>) arguments[0]);
                    }));
        }

        private List<Due> lockDue(Collection<?> migrations) {
            if (migrations.contains(BAD)) {
                throw new IllegalStateException("a migration that cannot go on");
            }
            migrations.forEach(migration -> fired.add((MigrationId) migration));
            return List.of();
        }
    }

    private abstract static class EmptyStore implements MigrationStore {
        @Override
        public List<Place> places() {
            return List.of();
        }

        @Override
        public Optional<Instant> nextTimer() {
            return Optional.empty();
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
        public Audit audit(MigrationId migration) {
            return new Audit(List.of(), AuditChain.End.OF_NONE);
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
}
