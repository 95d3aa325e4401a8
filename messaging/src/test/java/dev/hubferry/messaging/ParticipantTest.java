package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.K8sCommand.HoldTarget;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole participant as README.md says to build one: Quarkus, a real broker and a real Postgres. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
class ParticipantTest {
    private static final String COMMANDS = "hubferry.commands.dns";
    private static final ScriptedHandler HANDLER = new ScriptedHandler((command, execution) -> Samples.DONE);

    @Inject
    @SuppressWarnings("NullAway.Init")
    BrokerWatch broker;

    private Wire wire;
    private final MigrationId migration = Samples.newMigration();

    @Singleton
    static class Beans {
        @Produces
        @Singleton
        CommandHandler<DnsCommand> handler() {
            return HANDLER;
        }
    }

    @BeforeEach
    void connect() {
        String bootstrapServers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        wire = new Wire(bootstrapServers, Topics.REPLIES, Topics.DEAD_LETTERS);
    }

    @AfterEach
    void disconnect() {
        wire.close();
    }

    @Test
    void bringsDefaultsForConsumers() {
        assertThat(ConfigProvider.getConfig().getValue("kafka.session.timeout.ms", String.class))
                .isEqualTo("6000");
    }

    @Test
    void findsNothingMissingAtABrokerWithoutRules() {
        Kit.until("the broker to be heard", () -> broker.trouble().isEmpty());
    }

    @Test
    void answersACommandUnderItsMigrationStepAndCause() {
        // Given
        Message<?> command = Samples.command(migration, 1);
        // When
        wire.send(COMMANDS, command);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        Message<?> reply = wire.replies(command).getFirst();
        assertThat(reply.envelope().id())
                .isEqualTo(MessageId.ofReplyTo(command.envelope().id()));
        assertThat(reply.envelope().source()).isEqualTo("/hubferry/dns-svc");
        assertThat(reply.envelope().step()).isEqualTo(command.envelope().step());
    }

    @Test
    void handlesACommandThatArrivesAgainOnce() {
        // Given
        Message<?> command = Samples.command(migration, 1);
        Message<?> next = Samples.command(migration, 2);
        // When
        wire.send(COMMANDS, command);
        wire.send(COMMANDS, command);
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        wire.send(COMMANDS, command);
        wire.send(COMMANDS, next);
        assertThat(wire.awaitReply(next)).isEqualTo(Samples.DONE);
        // Then
        assertThat(wire.replies(command)).hasSize(1);
        assertThat(HANDLER.started().stream().filter(command.envelope().id()::equals))
                .hasSize(1);
    }

    @Test
    void putsPoisonAsideWithTheReasonAndGoesOn() {
        // Given
        ProducerRecord<String, byte[]> poison = MessageCodec.encode(Samples.command(migration, 1), COMMANDS);
        ProducerRecord<String, byte[]> broken =
                new ProducerRecord<>(COMMANDS, null, migration.value(), "{not json".getBytes(), poison.headers());
        Message<?> good = Samples.command(migration, 2);
        // When
        wire.send(broken);
        wire.send(COMMANDS, good);
        // Then
        assertThat(wire.awaitReply(good)).isEqualTo(Samples.DONE);
        ConsumerRecord<String, byte[]> letter = wire.awaitDeadLetter(migration.value());
        assertThat(letter.value()).isEqualTo("{not json".getBytes());
        assertThat(Wire.header(letter, "dead_letter_reason")).contains("malformed");
        assertThat(Wire.header(letter, "dead_letter_topic")).isEqualTo(COMMANDS);
        assertThat(Wire.header(letter, "dead_letter_partition")).isEqualTo("0");
        assertThat(Wire.header(letter, "dead_letter_offset")).matches("\\d+");
        assertThat(Wire.header(letter, "ce_type")).isEqualTo("dns.restore-ttl.v1");
    }

    @Test
    void putsCommandsOfOtherServicesAside() {
        // Given
        Message<?> command = Samples.command(migration, 1);
        Message<?> foreign = Samples.message(
                new MessageId(migration + "/foreign"),
                migration,
                command.envelope().step(),
                new HoldTarget(new HubRef("cluster", "namespace", Optional.empty())));
        // When
        wire.send(COMMANDS, foreign);
        wire.send(COMMANDS, command);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        assertThat(Wire.header(wire.awaitDeadLetter(migration.value()), "dead_letter_reason"))
                .contains("k8s.hold-target.v1")
                .contains("not for this service");
    }

    @Test
    void interruptsACommandThatIsCancelledAndAnswersIt() {
        // Given
        Message<?> command = Samples.command(migration, 1);
        HANDLER.when(command.envelope().id(), (_, _) -> {
            TimeUnit.MINUTES.sleep(5);
            return Samples.DONE;
        });
        wire.send(COMMANDS, command);
        Kit.until(
                "the start", () -> HANDLER.started().contains(command.envelope().id()));
        // When
        wire.send(COMMANDS, Samples.cancel(command));
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void namesTheClassButNotTheMessageOfAnUnexpectedFailure() {
        // Given
        Message<?> command = Samples.command(migration, 1);
        HANDLER.when(command.envelope().id(), (_, _) -> {
            throw new IllegalStateException("password=hunter2");
        });
        // When
        wire.send(COMMANDS, command);
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.UNEXPECTED);
        assertThat(wire.awaitRejection(command).detail())
                .contains("IllegalStateException")
                .containsPattern("reference [0-9a-f]{8}")
                .doesNotContain("hunter2");
    }
}
