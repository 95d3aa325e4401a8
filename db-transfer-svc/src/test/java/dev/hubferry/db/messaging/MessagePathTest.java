package dev.hubferry.db.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.db.HubDatabases;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it is deployed, with a real broker, a real Postgres and pods that run. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = "hubferry.commands.db,hubferry.replies"))
@WithTestResource(PostgresResource.class)
@WithTestResource(TwoHubsResource.class)
class MessagePathTest {
    private static final HubRef SOURCE = new HubRef("old", "astro", Optional.empty());
    private static final HubRef TARGET = new HubRef("new", "stars", Optional.empty());
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<MessageId, Body> replies = new HashMap<>();
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;

    @BeforeEach
    void connect() {
        String brokers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", "test", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.REPLIES));
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumer.close();
    }

    @Test
    void checksMovesAndPutsBackAtTheOrchestratorsCommand() {
        // Given
        Path database = Path.of(ConfigProvider.getConfig().getValue("test.target", String.class))
                .resolve("jupyterhub.sqlite");
        String before = HubDatabases.sha256(database);

        // When // Then
        DbReply.DatabaseChecked checked = (DbReply.DatabaseChecked)
                ask("check-database", StepRef.Direction.DO, new DbCommand.CheckDatabase(SOURCE, TARGET, Set.of()));
        assertThat(checked.users()).isEqualTo(HubDatabases.USERS);
        assertThat(checked.targetUsers()).isEqualTo(1);

        // When // Then
        DbReply.DatabaseTransferred moved = (DbReply.DatabaseTransferred) ask(
                "transfer-database", StepRef.Direction.DO, new DbCommand.TransferDatabase(SOURCE, TARGET, Set.of()));
        assertThat(moved.placedSha256()).isEqualTo(HubDatabases.sha256(database));

        // When // Then
        Body restored =
                ask("transfer-database", StepRef.Direction.UNDO, new DbCommand.RestoreTargetDatabase(SOURCE, TARGET));
        assertThat(restored).isEqualTo(new DbReply.TargetDatabaseRestored(true));
        assertThat(HubDatabases.sha256(database)).isEqualTo(before);
    }

    @Test
    void answersAnExpectedFailureAsRejected() {
        // Given
        HubRef nowhere = new HubRef("elsewhere", "stars", Optional.empty());

        // When
        Body reply =
                ask("check-database", StepRef.Direction.DO, new DbCommand.CheckDatabase(SOURCE, nowhere, Set.of()));

        // Then
        assertThat(reply).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
            assertThat(rejected.detail()).contains("elsewhere");
        });
    }

    @Test
    void isReadyWhenItHasRehearsed() {
        Awaitility.await("readiness")
                .atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.name", Matchers.hasItem("rehearsal")));
    }

    private Body ask(String step, StepRef.Direction direction, DbCommand command) {
        MigrationId migration = new MigrationId(command.target().cluster() + "-m1");
        StepRef ref = new StepRef(step, direction, 1);
        MessageId id = MessageId.ofCommand(migration, ref);
        Envelope envelope = new Envelope(
                id,
                "/hubferry/test",
                WireTypes.nameOf(command.getClass()),
                Instant.EPOCH,
                migration,
                Optional.of(ref),
                Optional.empty(),
                OptionalLong.empty());
        producer.send(MessageCodec.encode(new Message<>(envelope, command), "hubferry.commands.db"));
        Awaitility.await("the reply to " + id).atMost(PATIENCE).until(() -> {
            receive();
            return replies.containsKey(id);
        });
        return Objects.requireNonNull(replies.get(id));
    }

    private void receive() {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
            if (MessageCodec.decode(message) instanceof Decoded.Known known) {
                known.message()
                        .envelope()
                        .causation()
                        .ifPresent(
                                command -> replies.put(command, known.message().body()));
            }
        }
    }
}
