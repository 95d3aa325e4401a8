package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.testbed.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
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
}
