package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.testbed.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TimerLoopTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

    @Test
    void looksAgainAfterAnErrorOfTheVirtualMachine() {
        // Given
        BrokenStore store = new BrokenStore();
        Clock clock = Clock.systemUTC();
        Patience patience = new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1));
        SagaDefinitions definitions = new SagaDefinitions(MigrateHub.definition(patience), List.of());
        Migrations migrations = new Migrations(definitions, store, new MigrationIds(new Random(1)), clock);
        TimerLoop loop = new TimerLoop(migrations, store, clock, Duration.ofMillis(1));

        // When
        loop.start();

        // Then
        try {
            Await.until("a third look", Duration.ofSeconds(10), () -> store.looks.get() >= 3);
        } finally {
            loop.stop();
        }
    }

    /** Has a timer due at every look, and runs out of memory every time. */
    private static final class BrokenStore implements MigrationStore {
        private final AtomicInteger looks = new AtomicInteger();

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
        public Optional<Instant> nextTimer() {
            return Optional.empty();
        }

        @Override
        public Audit audit(MigrationId migration) {
            return new Audit(List.of(), AuditChain.End.OF_NONE);
        }

        @Override
        public Optional<SagaState> find(MigrationId migration) {
            return Optional.empty();
        }

        @Override
        public List<SagaState> list(ListQuery query) {
            return List.of();
        }

        @Override
        public List<NumberedEvent> events(MigrationId migration, long after, int limit) {
            return List.of();
        }
    }
}
