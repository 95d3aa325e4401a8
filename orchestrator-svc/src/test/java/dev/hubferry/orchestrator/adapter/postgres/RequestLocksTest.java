package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests for migrations wait for each other, on a real database. */
class RequestLocksTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final QueueRig rig = new QueueRig(Map.of());
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"nfs:/a, nfs:/a", "nfs:/a, nfs:/a/b/c", "nfs:/a/b/c, nfs:/a"})
    void requestsThatMayOverlapWaitForEachOther(String held, String wanted) throws Exception {
        // Given
        FutureTask<Boolean> first = hold(tx -> tx.serializeResources(Set.of("hub:x", held)));

        // When
        FutureTask<Boolean> second = begin(tx -> tx.serializeResources(Set.of("hub:y", wanted)));

        // Then
        assertOneWaitsUntilTheOtherEnds(first, second);
    }

    @ParameterizedTest
    @CsvSource({"nfs:/a/b, nfs:/a/c", "nfs:/a, nfs:/ab", "nfs:/a, efs:/a"})
    void otherRequestsDoNotWait(String held, String wanted) throws Exception {
        // Given
        FutureTask<Boolean> first = hold(tx -> tx.serializeResources(Set.of(held)));

        // When
        FutureTask<Boolean> second = begin(tx -> tx.serializeResources(Set.of(wanted)));

        // Then
        assertThat(second.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first).isNotDone();
    }

    @Test
    void requestsWithTheSameKeyWaitForEachOtherAndOthersDoNot() throws Exception {
        // Given
        FutureTask<Boolean> first = hold(tx -> tx.serializeKey(new IdempotencyKey("k", "olga", "one")));

        // When
        FutureTask<Boolean> same = begin(tx -> tx.serializeKey(new IdempotencyKey("k", "olga", "two")));
        FutureTask<Boolean> another = begin(tx -> tx.serializeKey(new IdempotencyKey("k", "otto", "one")));

        // Then
        assertThat(another.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertOneWaitsUntilTheOtherEnds(first, same);
    }

    private void assertOneWaitsUntilTheOtherEnds(FutureTask<Boolean> first, FutureTask<Boolean> second)
            throws Exception {
        Await.until(
                "the second to wait",
                LIMIT,
                () -> rig.count("pg_locks where locktype = 'advisory' and not granted"
                                + " and database = (select oid from pg_database where datname = current_database())")
                        == 1);
        assertThat(second).isNotDone();
        release.countDown();
        assertThat(first.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** A transaction that has what it asked for, and ends when it is released. */
    private FutureTask<Boolean> hold(Consumer<Transaction> locks) throws InterruptedException {
        CountDownLatch locked = new CountDownLatch(1);
        FutureTask<Boolean> task = begin(tx -> {
            locks.accept(tx);
            locked.countDown();
            waitFor(release);
        });
        waitFor(locked);
        return task;
    }

    private FutureTask<Boolean> begin(Consumer<Transaction> locks) {
        FutureTask<Boolean> task = new FutureTask<>(() -> rig.client().store().inTransaction(tx -> {
            locks.accept(tx);
            return true;
        }));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
