package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The queue on a real database, with several replicas that grant at once. */
class QueueTest {
    private static final Duration LATEST = Duration.ofMinutes(3);
    private static final int MANY = 50;

    @Test
    void letsFiftyMigrationsInByThreeReplicasAndNeverTooManyAtOnce() {
        // Given: of three storage servers one is narrow, and every fourth migration is urgent or not at all
        try (QueueRig rig = new QueueRig(Map.of("nfs-narrow", 1))) {
            String[] storages = {"nfs-a", "nfs-b", "nfs-narrow"};
            Random random = new Random(11);
            List<Wish> wishes = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Priority priority = i % 8 == 3 ? Priority.HIGH : i % 8 == 7 ? Priority.LOW : Priority.NORMAL;
                String from = storages[random.nextInt(3)];
                String to = storages[random.nextInt(3)];
                MigrationId migration = rig.request("hub-" + i, priority, from, to);
                wishes.add(new Wish(migration, i, priority, new TreeSet<>(List.of(from, to))));
            }
            assertThat(rig.waiting()).hasSize(MANY);

            // When
            for (int replica = 0; replica < 3; replica++) {
                rig.startReplica();
            }
            Map<MigrationId, Instant> granted = workOff(rig, random);

            // Then
            assertThat(granted.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            wishes.stream().map(Wish::migration).toList());
            assertNobodyWasOvertaken(wishes, granted);
            granted.keySet().forEach(migration -> {
                assertThat(rig.state(migration)).isInstanceOf(SagaState.Completed.class);
                assertThat(rig.commandsOf(migration))
                        .as("commands of %s", migration)
                        .isEqualTo(1);
            });
            assertThat(rig.client().store().places()).isEmpty();
        }
    }

    private record Wish(MigrationId migration, int order, Priority priority, Set<String> storages) {
        static final Comparator<Wish> TURN =
                Comparator.comparing(Wish::priority).reversed().thenComparing(Wish::order);
    }

    /** Nobody but this gives a slot back, so whatever is taken is seen here before it is given back. */
    private static Map<MigrationId, Instant> workOff(QueueRig rig, Random random) {
        Map<MigrationId, Instant> granted = new HashMap<>();
        Await.until("all to have had their turn", LATEST, () -> {
            List<Place> held = rig.held();
            rig.queue()
                    .pools()
                    .forEach(pool -> assertThat(pool.held())
                            .as("who has %s", pool.slot())
                            .hasSizeLessThanOrEqualTo(pool.limit()));
            held.forEach(place -> granted.putIfAbsent(place.migration(), place.since()));
            if (!held.isEmpty()) {
                rig.done(held.get(random.nextInt(held.size())).migration());
            }
            return held.isEmpty() && rig.waiting().isEmpty();
        });
        return granted;
    }

    /** All were there before the first was let in: then whoever comes first gets first what there is one of. */
    private static void assertNobodyWasOvertaken(List<Wish> wishes, Map<MigrationId, Instant> granted) {
        List<Wish> narrow = wishes.stream()
                .filter(wish -> wish.storages().contains("nfs-narrow"))
                .sorted(Comparator.comparing(wish -> granted.getOrDefault(wish.migration(), Instant.MAX)))
                .toList();
        assertThat(narrow).hasSizeGreaterThan(10).isSortedAccordingTo(Wish.TURN);
    }

    @Test
    void letsTheUrgentInFirstThenThoseWhoWaitLongest() {
        try (QueueRig rig = new QueueRig(Map.of("nfs", 1))) {
            MigrationId low = rig.request("low", Priority.LOW, "nfs", "nfs");
            MigrationId first = rig.request("first", Priority.NORMAL, "nfs", "nfs");
            MigrationId second = rig.request("second", Priority.NORMAL, "nfs", "nfs");
            MigrationId high = rig.request("high", Priority.HIGH, "nfs", "nfs");
            MigrationId raised = rig.request("raised", Priority.LOW, "nfs", "nfs");
            rig.said(raised, new SagaEvent.PriorityAsked(Priority.NORMAL, "olga", "the dean waits"));
            assertThat(turns(rig)).containsExactly(high, first, second, raised, low);
        }
    }

    @Test
    void keepsWhatAMigrationNeedsBesideFromAStreamOfSmallOnes() {
        // Given one that needs two servers, each with one slot, of which one is taken
        try (QueueRig rig = new QueueRig(Map.of("nfs-a", 1, "nfs-b", 1))) {
            MigrationId holder = rig.request("holder", Priority.NORMAL, "nfs-b", "nfs-b");
            rig.client().granting().run();
            MigrationId both = rig.request("both", Priority.NORMAL, "nfs-a", "nfs-b");

            // When small ones keep coming
            for (int i = 0; i < 10; i++) {
                rig.request("small-a" + i, Priority.NORMAL, "nfs-a", "nfs-a");
                rig.request("small-b" + i, Priority.NORMAL, "nfs-b", "nfs-b");
                rig.client().granting().run();
                assertThat(migrations(rig.held())).containsExactly(holder);
            }
            MigrationId elsewhere = rig.request("elsewhere", Priority.LOW, "nfs-c", "nfs-c");
            rig.client().granting().run();

            // Then who needs nothing of that passes, and it is next
            assertThat(migrations(rig.held())).containsExactlyInAnyOrder(holder, elsewhere);
            rig.done(holder);
            rig.client().granting().run();
            assertThat(migrations(rig.held())).containsExactlyInAnyOrder(both, elsewhere);
        }
    }

    @Test
    void grantsNothingWhenTheReplicaDiesInTheMiddleAndOnceWhenAnotherGoesOn() {
        // Given
        try (QueueRig rig = new QueueRig(Map.of("nfs", 1))) {
            MigrationId migration = rig.request("unlucky", Priority.NORMAL, "nfs", "nfs");
            QueueRig.Replica first = rig.replica();

            // When
            assertThatThrownBy(() -> first.store().inTransaction(tx -> {
                        tx.serializeGrants();
                        first.migrations().granted(tx, tx.places());
                        throw new IllegalStateException("killed before the commit");
                    }))
                    .hasMessageContaining("killed");
            assertThat(rig.held()).isEmpty();
            assertThat(rig.commandsOf(migration)).isZero();

            // Then
            rig.replica().granting().run();
            rig.replica().granting().run();
            assertThat(migrations(rig.held())).containsExactly(migration);
            assertThat(rig.commandsOf(migration)).isEqualTo(1);
        }
    }

    @Test
    void waitsForNobodyWhoIsChangingAMigrationAndLetsNobodyPassIt() throws InterruptedException {
        try (QueueRig rig = new QueueRig(Map.of("nfs", 1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given somebody holds the row of who is next
            MigrationId next = rig.request("next", Priority.NORMAL, "nfs", "nfs");
            rig.request("behind", Priority.NORMAL, "nfs", "nfs");
            CountDownLatch locked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            var changing = threads.submit(() -> rig.client().store().inTransaction(tx -> {
                assertThat(tx.lock(next)).isPresent();
                locked.countDown();
                return await(release);
            }));
            locked.await();

            // When
            rig.client().granting().run();

            // Then
            assertThat(rig.held()).isEmpty();
            release.countDown();
            Await.until("the other's end", LATEST, changing::isDone);
            rig.client().granting().run();
            assertThat(migrations(rig.held())).containsExactly(next);
        }
    }

    @Test
    void leavesTheQueueWithWhoeverIsTakenBackOrPaused() {
        try (QueueRig rig = new QueueRig(Map.of("nfs", 1))) {
            MigrationId holder = rig.request("holder", Priority.NORMAL, "nfs", "nfs");
            rig.client().granting().run();
            MigrationId aborted = rig.request("aborted", Priority.NORMAL, "nfs", "nfs");
            MigrationId paused = rig.request("paused", Priority.NORMAL, "nfs", "nfs");
            MigrationId last = rig.request("last", Priority.NORMAL, "nfs", "nfs");

            // When
            rig.said(aborted, new SagaEvent.AbortAsked("olga", "enough"));
            rig.said(paused, new SagaEvent.PauseAsked("olga", "a storm"));

            // Then
            assertThat(rig.waiting()).containsExactly(last);
            rig.said(paused, new SagaEvent.ResumeAsked("olga"));
            rig.done(holder);
            assertThat(turns(rig)).containsExactly(paused, last);
        }
    }

    @Test
    void keepsNobodyFromWhatIsOpenForTheSakeOfWhatIsClosed() {
        try (QueueRig closed = new QueueRig(Map.of("nfs", 0))) {
            closed.request("shut-out", Priority.HIGH, "nfs", "nfs-other");
            MigrationId other = closed.request("other", Priority.LOW, "nfs-other", "nfs-other");
            closed.client().granting().run();
            assertThat(migrations(closed.held())).containsExactly(other);
            assertThat(closed.waiting()).hasSize(1);
        }
    }

    /** Who has the one slot, one after the other. */
    private static List<MigrationId> turns(QueueRig rig) {
        List<MigrationId> turns = new ArrayList<>();
        while (!rig.waiting().isEmpty()) {
            rig.client().granting().run();
            List<Place> held = rig.held();
            assertThat(held).hasSize(1);
            turns.add(held.getFirst().migration());
            rig.done(held.getFirst().migration());
        }
        return turns;
    }

    private static List<MigrationId> migrations(List<Place> places) {
        return places.stream().map(Place::migration).toList();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
