package dev.hubferry.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Reply;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Batches of replies, as Kafka would hand them over. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class RepliesConsumerTest {
    private static final AtomicInteger HUBS = new AtomicInteger();
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    RepliesConsumer consumer;

    @Inject
    Migrations migrations;

    @Inject
    DataSource database;

    @Test
    void appliesRepliesOfManyMigrationsInOneTransaction() throws Exception {
        // Given
        List<MigrationId> moving = List.of(request(), request(), request());

        // When
        accept(moving.stream()
                .flatMap(migration -> Checks.of(migration).stream())
                .toList());

        // Then
        assertThat(rows("select distinct last_event from migration where id = any (?)", moving))
                .containsExactly("12");
        assertThat(rows("select count(distinct xmin::text) from migration where id = any (?)", moving))
                .containsExactly("1");
        for (MigrationId migration : moving) {
            assertHistoryIsWhole(migration);
        }
    }

    @Test
    void aReplyThatCannotBeAppliedTakesNoOtherAlong() throws Exception {
        // Given
        List<MigrationId> moving = List.of(request(), request(), request());
        List<Message<Reply>> batch = new ArrayList<>();
        moving.forEach(migration -> batch.addAll(Checks.of(migration)));
        Envelope poisoned = batch.get(5).envelope();
        assertThat(batch.get(5).body()).isInstanceOf(K8sReply.SourceChecked.class);
        batch.set(5, new Message<>(poisoned, Checks.unreadable()));

        // When
        accept(batch);

        // Then
        assertThat(rows("select last_event from migration where id = any (?) order by last_event", moving))
                .containsExactly("10", "12", "12");
        assertThat(seen(poisoned.id())).isFalse();
        for (MigrationId migration : moving) {
            assertHistoryIsWhole(migration);
        }
    }

    @Test
    void aReplyThatComesTwiceInABatchIsAppliedOnce() throws Exception {
        // Given
        MigrationId migration = request();
        Message<Reply> reply = Checks.of(migration).getFirst();

        // When
        accept(List.of(reply, reply, Checks.of(migration).get(1), reply));

        // Then
        assertThat(rows(
                        "select count(*) from migration_event where migration_id = any (?) and type like '%step-succeeded%'",
                        List.of(migration)))
                .containsExactly("2");
        assertHistoryIsWhole(migration);
    }

    @Test
    void aBatchOfWhichAPartWasAppliedBeforeACrashIsAppliedWholeWhenItComesAgain() throws Exception {
        // Given
        List<MigrationId> moving = List.of(request(), request());
        List<Message<Reply>> batch = new ArrayList<>();
        moving.forEach(migration -> batch.addAll(Checks.of(migration)));
        accept(batch.subList(0, 7));

        // When
        accept(batch);

        // Then
        assertThat(rows("select last_event from migration where id = any (?)", moving))
                .containsExactly("12", "12");
        for (MigrationId migration : moving) {
            assertHistoryIsWhole(migration);
        }
    }

    @Test
    void aStateThatSomebodyElseHasWrittenIsNotOverwrittenFromMemory() throws Exception {
        // Given
        MigrationId migration = request();
        accept(List.of(Checks.of(migration).getFirst()));

        // When
        try (Connection other = database.getConnection();
                var update = other.prepareStatement(
                        "update migration set state = jsonb_set(state::jsonb, '{subject,requestedBy}', '\"otto\"')::text where id = ?")) {
            update.setString(1, migration.value());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        accept(List.of(Checks.of(migration).get(1)));

        // Then
        assertThat(rows(
                        "select state::jsonb -> 'subject' ->> 'requestedBy' from migration where id = any (?)",
                        List.of(migration)))
                .containsExactly("otto");
        assertThat(rows(
                        "select count(*) from migration_event where migration_id = any (?) and type like '%step-succeeded%'",
                        List.of(migration)))
                .containsExactly("2");
    }

    @Test
    void aMigrationThatSomebodyElseIsChangingIsWaitedForAfterTheOthers() throws Exception {
        // Given
        MigrationId held = request();
        MigrationId free = request();
        List<Message<Reply>> batch = new ArrayList<>(Checks.of(held));
        batch.addAll(Checks.of(free));
        CompletableFuture<Void> accepted;

        // When
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            try (var lock = other.prepareStatement("select from migration where id = ? for update")) {
                lock.setString(1, held.value());
                lock.executeQuery().close();
            }
            accepted = CompletableFuture.runAsync(() -> accept(batch));

            // Then
            Await.until("the free migration to go on", SOON, () -> {
                // The session shows that it is neither gone nor suspended.
                assertThat(other.isValid(1)).isTrue();
                return lastEvent(free).equals("12");
            });
            assertThat(lastEvent(held)).isEqualTo("6");
            other.rollback();
        }
        accepted.get(2, TimeUnit.MINUTES);
        assertThat(lastEvent(held)).isEqualTo("12");
        assertHistoryIsWhole(held);
    }

    /** Numbers without gaps, and as many as the migration's row counts. */
    private void assertHistoryIsWhole(MigrationId migration) throws SQLException {
        List<String> numbers =
                rows("select seq from migration_event where migration_id = any (?) order by seq", List.of(migration));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(Integer.toString(i + 1));
        }
        assertThat(lastEvent(migration)).isEqualTo(Integer.toString(numbers.size()));
    }

    private String lastEvent(MigrationId migration) throws SQLException {
        return rows("select last_event from migration where id = any (?)", List.of(migration))
                .getFirst();
    }

    private boolean seen(MessageId message) throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("select from seen_message where message_id = ?")) {
            select.setString(1, message.value());
            return select.executeQuery().next();
        }
    }

    private List<String> rows(String sql, List<MigrationId> of) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", of.stream().map(MigrationId::value).toArray()));
            var rows = select.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private MigrationId request() {
        Requested requested =
                migrations.request(Checks.spec("batch-" + HUBS.incrementAndGet()), "olga", Optional.empty());
        assertThat(requested).isInstanceOf(Requested.Accepted.class);
        return ((Requested.Accepted) requested).state().subject().migration();
    }

    private void accept(List<Message<Reply>> batch) {
        try {
            consumer.accept(Checks.batch(batch));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
