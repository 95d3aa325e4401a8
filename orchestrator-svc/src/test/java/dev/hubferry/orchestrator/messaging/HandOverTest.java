package dev.hubferry.orchestrator.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Reply;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.script.DeadLetterBox;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies for migrations on a definition of tomorrow, and those that were handed over by a replica of yesterday. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class HandOverTest {
    private static final AtomicInteger HUBS = new AtomicInteger();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String OURS = "migrate-hub/5";
    private static final String NEWER = "migrate-hub/99";

    @Inject
    ReplyIntake intake;

    @Inject
    HandedOver handedOver;

    @Inject
    Migrations migrations;

    @Inject
    DataSource database;

    @AfterEach
    void forgetTomorrow() throws SQLException {
        execute("delete from handed_over_reply where definition = '" + NEWER + "'");
        execute("update migration set definition = '" + OURS
                + "', state = state::jsonb ->> 'of tomorrow' where definition = '" + NEWER + "'");
    }

    @Test
    void keepsRepliesForNewerReplicasAndAppliesTheOthersOfTheirBatchTogether() throws Exception {
        // Given
        List<MigrationId> ours = List.of(request(), request());
        MigrationId theirs = newer();
        String before = value("select xmin::text || '/' || ctid::text from migration where id = '" + theirs + "'");
        List<Message<Reply>> batch = new ArrayList<>(Checks.of(ours.getFirst()));
        batch.addAll(2, Checks.of(theirs));
        batch.addAll(Checks.of(ours.getLast()));

        // When
        intake.accept(Checks.batch(batch));

        // Then
        String those = "where id in ('" + ours.getFirst() + "', '" + ours.getLast() + "')";
        assertThat(rows("select last_event from migration " + those)).containsExactly("12", "12");
        assertThat(value("select count(distinct xmin::text) from migration " + those))
                .isEqualTo("1");
        assertThat(kept(theirs))
                .containsExactlyElementsOf(Checks.of(theirs).stream()
                        .map(message -> message.envelope().id().value())
                        .toList());
        assertThat(value("select xmin::text || '/' || ctid::text from migration where id = '" + theirs + "'"))
                .isEqualTo(before);
        assertThat(rows("select message_id from seen_message where message_id like '" + theirs + "/%'"))
                .isEmpty();
        assertThat(letters(theirs)).isEmpty();
    }

    @Test
    void keepsAReplyOnceHoweverOftenItComes() throws Exception {
        // Given
        MigrationId theirs = newer();
        List<Message<Reply>> first = Checks.of(theirs).subList(0, 1);

        // When
        intake.accept(Checks.batch(first));
        intake.accept(Checks.batch(List.of(first.getFirst(), first.getFirst())));

        // Then
        assertThat(kept(theirs)).hasSize(1);
    }

    @Test
    void keepsAReplyOfATypeThatOnlyNewerReplicasKnow() throws Exception {
        // Given
        MigrationId theirs = newer();
        MigrationId ours = request();

        // When
        intake.accept(List.of(ofTomorrow(theirs), ofTomorrow(ours)));

        // Then
        assertThat(rows("select headers::jsonb ->> 'ce_type' || body from handed_over_reply where migration_id = '"
                        + theirs + "'"))
                .containsExactly("k8s.moon-checked.v1{\"phase\":\"full\"}");
        assertThat(letters(theirs)).isEmpty();
        assertThat(kept(ours)).isEmpty();
        assertThat(letters(ours)).hasSize(1);
    }

    @Test
    void appliesWhatWasHandedOverAsIfKafkaHadBroughtIt() throws Exception {
        // Given
        MigrationId migration = newer();
        intake.accept(Checks.batch(Checks.of(migration)));
        assertThat(kept(migration)).hasSize(5);

        // When this is the replica that knows the definition
        execute(
                "with known as (update migration set definition = '%1$s', state = state::jsonb ->> 'of tomorrow' where id = '%2$s')"
                                .formatted(OURS, migration)
                        + " update handed_over_reply set definition = '%s' where migration_id = '%s'"
                                .formatted(OURS, migration));

        // Then
        Await.until("the replies to be taken", SOON, () -> kept(migration).isEmpty());
        assertAppliedOnce(migration);
        assertThat(letters(migration)).isEmpty();
    }

    @Test
    void appliesOnceWhatATakerHadAppliedBeforeItDied() throws Exception {
        // Given
        MigrationId migration = request();
        intake.accept(Checks.batch(Checks.of(migration)));

        // When
        Checks.of(migration).forEach(this::handOver);

        // Then
        Await.until("the replies to be taken", SOON, () -> kept(migration).isEmpty());
        assertAppliedOnce(migration);
        assertThat(letters(migration)).isEmpty();
    }

    @Test
    void appliesOnceWhatTwoReplicasTakeAtOnce() throws Exception {
        // Given nobody gets at the migration before two replicas have taken the same replies
        MigrationId migration = request();
        TakeOverLoop other = new TakeOverLoop(handedOver, intake, Duration.ofMillis(10));
        try (Connection blocker = database.getConnection()) {
            blocker.setAutoCommit(false);
            try (var lock = blocker.prepareStatement("select from migration where id = ? for update")) {
                lock.setString(1, migration.value());
                lock.executeQuery().close();
            }
            Checks.of(migration).forEach(this::handOver);
            other.start();
            Await.until("both to wait for the migration", SOON, () -> {
                // The session shows that it is neither gone nor suspended.
                assertThat(blocker.isValid(1)).isTrue();
                return value("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock' and query like '%from migration%'")
                        .equals("2");
            });

            // When
            blocker.rollback();
        }

        // Then
        try {
            Await.until("the replies to be taken", SOON, () -> kept(migration).isEmpty());
        } finally {
            other.stop();
        }
        assertAppliedOnce(migration);
        assertThat(letters(migration)).isEmpty();
    }

    @Test
    void aHandedOverReplyThatCannotBeAppliedGoesToTheDeadLettersAndTakesNoOtherAlong() throws Exception {
        // Given
        MigrationId migration = request();
        List<Message<Reply>> replies = Checks.of(migration);

        // When
        handOver(new Message<>(replies.getFirst().envelope(), Checks.unreadable()));
        handOver(replies.get(1));

        // Then
        Await.until("the replies to be taken", SOON, () -> kept(migration).isEmpty());
        assertThat(value("select last_event from migration where id = '" + migration + "'"))
                .isEqualTo("7");
        assertThat(letters(migration))
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .containsEntry(
                                "ce_id", replies.getFirst().envelope().id().value())
                        .containsEntry("dead_letter_topic", "hubferry.replies")
                        .containsEntry("dead_letter_offset", "7"));
    }

    /** All five, with numbers without gaps, and none a second time. */
    private void assertAppliedOnce(MigrationId migration) throws SQLException {
        assertThat(rows("select reason from ignored_event where migration_id = '" + migration + "'"))
                .isEmpty();
        assertThat(value("select last_event from migration where id = '" + migration + "'"))
                .isEqualTo("12");
        assertThat(value("select count(*) || '/' || max(seq) from migration_event where migration_id = '" + migration
                        + "'"))
                .isEqualTo("12/12");
    }

    private void handOver(Message<Reply> reply) {
        handedOver.put(Parcels.of(Checks.record(reply, 7), reply.envelope(), OURS));
    }

    /** Reply number one, as nobody here can read it. */
    private static ConsumerRecord<String, byte[]> ofTomorrow(MigrationId migration) {
        ConsumerRecord<String, byte[]> known =
                Checks.record(Checks.of(migration).getFirst(), 0);
        ConsumerRecord<String, byte[]> later = new ConsumerRecord<>(
                known.topic(), known.partition(), known.offset(), known.key(), "{\"phase\":\"full\"}".getBytes(UTF_8));
        known.headers().forEach(later.headers()::add);
        later.headers().remove("ce_type").add("ce_type", "k8s.moon-checked.v1".getBytes(UTF_8));
        return later;
    }

    private MigrationId request() {
        Requested requested =
                migrations.request(Checks.spec("handed-" + HUBS.incrementAndGet()), "olga", Optional.empty());
        assertThat(requested).isInstanceOf(Requested.Accepted.class);
        return ((Requested.Accepted) requested).state().subject().migration();
    }

    private MigrationId newer() throws SQLException {
        MigrationId migration = request();
        execute(
                "update migration set definition = '%s', state = jsonb_build_object('of tomorrow', state)::text where id = '%s'"
                        .formatted(NEWER, migration));
        return migration;
    }

    /** Ids in the order of their arrival. */
    private List<String> kept(MigrationId migration) throws SQLException {
        return rows(
                "select message_id from handed_over_reply where migration_id = '" + migration + "' order by arrival");
    }

    private static List<Map<String, String>> letters(MigrationId migration) {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        return DeadLetterBox.of(migration.value(), servers);
    }

    private String value(String sql) throws SQLException {
        return rows(sql).getFirst();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
