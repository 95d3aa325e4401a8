package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.testbed.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrantLoopTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

    @Test
    void looksAgainAfterAnErrorOfTheVirtualMachine() {
        // Given
        BrokenStore store = new BrokenStore();
        Patience patience = new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1));
        SagaDefinitions definitions = new SagaDefinitions(MigrateHub.definition(patience), List.of());
        Migrations migrations = new Migrations(definitions, store, new MigrationIds(new Random(1)), Clock.systemUTC());
        Map<Kind, Integer> limits = Arrays.stream(Kind.values()).collect(Collectors.toMap(kind -> kind, _ -> 1));
        Granting granting = new Granting(migrations, store, new Limits(limits, Map.of(), Map.of(), Set.of()));
        GrantLoop loop = new GrantLoop(granting, Duration.ofMillis(1));

        // When
        loop.start();

        // Then
        try {
            Await.until("a third look", Duration.ofSeconds(30), () -> store.looks.get() >= 3);
        } finally {
            loop.stop();
        }
    }
}
