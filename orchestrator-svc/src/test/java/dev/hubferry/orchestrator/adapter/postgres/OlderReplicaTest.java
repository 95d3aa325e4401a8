package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.Hearing.Heard;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.Migrations.Answered;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica does about migrations whose definition only newer replicas know, on a real database. */
class OlderReplicaTest {
    private static final String NEWER = "queue-test/2";

    private final QueueRig rig = new QueueRig(Map.of("nfs", 1));
    private final QueueRig.Replica older = rig.olderReplica();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void leavesAReplyToNewerReplicasAndAppliesTheOthersOfItsBatch() {
        // Given
        MigrationId theirs = rig.request("theirs", Priority.NORMAL, "nfs-a", "nfs-a");
        MigrationId ours = rig.request(older, "ours", Priority.NORMAL, "nfs-b", "nfs-b");
        rig.client().granting().run();

        // When
        List<Optional<Heard>> heard = older.hearing().heard(List.of(rig.reply(theirs), rig.reply(ours)));
        Heard alone = older.hearing().heard(rig.reply(theirs));

        // Then
        assertThat(heard.get(0)).contains(new Heard.NotOurs(NEWER));
        assertThat(heard.get(1)).containsInstanceOf(Heard.Applied.class);
        assertThat(alone).isEqualTo(new Heard.NotOurs(NEWER));
        assertThat(rig.client().hearing().heard(rig.reply(theirs))).isInstanceOf(Heard.Applied.class);
    }

    @Test
    void looksAtNoTimerOfANewerDefinition() {
        // Given a command of each is under way, and will be asked about; that of the newer definition first
        MigrationId theirs = rig.request("theirs", Priority.NORMAL, "nfs-a", "nfs-a");
        rig.client().granting().run();
        Instant theirNext = rig.client().store().nextTimer().orElseThrow();
        assertThat(older.store().nextTimer()).isEmpty();
        MigrationId ours = rig.request(older, "ours", Priority.NORMAL, "nfs-b", "nfs-b");
        older.granting().run();

        // When
        Instant later = Clock.systemUTC().instant().plus(Duration.ofHours(1));
        List<MigrationId> due = older.store().withDueTimers(later, 10);

        // Then
        assertThat(due).containsExactly(ours);
        assertThat(older.store().nextTimer())
                .hasValueSatisfying(next -> assertThat(next).isAfter(theirNext));
        assertThat(rig.client().store().withDueTimers(later, 10)).containsExactly(theirs, ours);
        assertThat(older.store()
                        .<Integer>inTransaction(
                                tx -> tx.lockDue(List.of(theirs, ours), later).size()))
                .isEqualTo(1);
    }

    @Test
    void readsNoStateOfANewerDefinition() {
        // Given
        MigrationId theirs = rig.request("theirs", Priority.NORMAL, "nfs", "nfs");
        MigrationId ours = rig.request(older, "ours", Priority.NORMAL, "nfs", "nfs");
        rig.execute("update migration set state = '{\"state\": \"of tomorrow\"}' where id = '" + theirs + "'");

        // When
        Optional<Kept> found = older.store().find(theirs);
        List<Kept> listed = older.store().list(ListQuery.newest(10));
        Answered answered =
                older.migrations().said(theirs, new SagaEvent.AbortAsked("olga", "enough"), Optional.empty());

        // Then
        assertThat(found)
                .hasValueSatisfying(kept -> assertThat(kept).isInstanceOfSatisfying(Kept.NotOurs.class, other -> {
                    assertThat(other.definition()).isEqualTo(NEWER);
                    assertThat(other.name()).isEqualTo("theirs");
                    assertThat(other.status()).isEqualTo("RUNNING");
                }));
        assertThat(listed).extracting(Kept::migration).containsExactly(ours, theirs);
        assertThat(answered).isEqualTo(new Answered.NotOurs((Kept.NotOurs) found.orElseThrow()));
        assertThat(older.store().audit(theirs).entries()).hasSize(1);
    }

    @Test
    void doesNotAnswerARequestThatANewerReplicaHasAccepted() {
        // Given
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k-1", "olga", "hash"));
        var spec = QueueRig.spec("theirs", Priority.NORMAL, "nfs", "nfs");
        assertThat(rig.client().migrations().request(spec, "olga", key)).isInstanceOf(Requested.Accepted.class);

        // When
        Requested again = older.migrations().request(spec, "olga", key);

        // Then
        assertThat(again)
                .isInstanceOfSatisfying(
                        Requested.NotOurs.class,
                        other -> assertThat(other.migration().definition()).isEqualTo(NEWER));
    }

    @Test
    void grantsNeitherANewerMigrationItsTurnNorThatTurnToSomebodyBehind() {
        // Given
        MigrationId theirs = rig.request("theirs", Priority.NORMAL, "nfs", "nfs");
        MigrationId behind = rig.request(older, "behind", Priority.NORMAL, "nfs", "nfs");
        MigrationId elsewhere = rig.request(older, "elsewhere", Priority.LOW, "nfs-b", "nfs-b");

        // When
        older.granting().run();

        // Then who needs nothing of that passes
        assertThat(rig.held()).extracting(Place::migration).containsExactly(elsewhere);
        assertThat(rig.waiting()).containsExactlyInAnyOrder(theirs, behind);

        // And a newer one grants it, whose slot counts for the older one too
        rig.client().granting().run();
        older.granting().run();
        assertThat(rig.held()).extracting(Place::migration).containsExactlyInAnyOrder(elsewhere, theirs);
        rig.done(theirs);
        older.granting().run();
        assertThat(rig.held()).extracting(Place::migration).containsExactlyInAnyOrder(elsewhere, behind);
    }

    @Test
    void doesNotEvenTryToGrantWhenOnlyANewerMigrationIsReady() {
        // Given
        rig.request("theirs", Priority.NORMAL, "nfs", "nfs");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // When a newer replica is at it
            boolean done = rig.client().store().inTransaction(tx -> {
                tx.serializeGrants();
                Future<?> run = threads.submit(older.granting()::run);

                // Then the older one does not wait for it
                assertThat(run).succeedsWithin(Duration.ofSeconds(20));
                return true;
            });
            assertThat(done).isTrue();
        }
        assertThat(rig.held()).isEmpty();
    }

    @Test
    void grantsGoOnBesideSlotsOfAKindThatOnlyNewerReplicasKnow() {
        // Given
        MigrationId theirs = rig.request("theirs", Priority.NORMAL, "nfs-a", "nfs-a");
        MigrationId ours = rig.request(older, "ours", Priority.NORMAL, "nfs-b", "nfs-b");
        rig.execute("insert into slot values ('" + theirs + "', 'work', 'moon/far-side', 'WAITING', 'NORMAL', now())");

        // When
        older.granting().run();

        // Then
        assertThat(rig.held()).extracting(Place::migration).containsExactly(ours);
        assertThat(older.granting().queue().pools())
                .extracting(pool -> pool.slot().key())
                .containsExactly("seed/nfs-a", "seed/nfs-b");
        assertThat(older.granting().queue().poolsOf(rig.held().getFirst()))
                .extracting(pool -> pool.slot().kind())
                .containsExactly(Slot.Kind.SEED);
    }
}
