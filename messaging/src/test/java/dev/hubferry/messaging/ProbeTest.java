package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.CommandStatus.Stage;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.SharedParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final TestDatabase database = TestDatabase.create();
    private final Producer<String, byte[]> producer = KafkaProducers.create(
            Map.of("bootstrap.servers", SharedParts.kafka().bootstrapServers()));
    private final ScriptedHandler handler = new ScriptedHandler((_, _) -> Samples.DONE);
    private final Kit kit = new Kit(database, producer, handler);
    private final MigrationId migration = Samples.newMigration();
    private final Message<?> command = Samples.command(migration, 1);
    private final CountDownLatch release = new CountDownLatch(1);

    private Wire wire;

    @BeforeEach
    void start() {
        wire = new Wire(SharedParts.kafka().bootstrapServers(), Topics.REPLIES);
        kit.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        kit.close();
        producer.close();
        wire.close();
    }

    @Test
    void saysThatACommandIsUnknown() {
        assertThat(stage(Samples.probe(command, 1))).isEqualTo(Stage.UNKNOWN);
    }

    @Test
    void tellsWorkFromWaiting() {
        // Given
        Message<?> behind = Samples.command(migration, 2);
        handler.when(command.envelope().id(), (_, _) -> {
            release.await();
            return Samples.DONE;
        });
        // When
        kit.accept(command, behind);
        Kit.until(
                "the start", () -> handler.started().contains(command.envelope().id()));
        // Then
        assertThat(stage(Samples.probe(command, 1))).isEqualTo(Stage.RUNNING);
        assertThat(stage(Samples.probe(behind, 1))).isEqualTo(Stage.WAITING);
    }

    @Test
    void knowsACommandThatComesInTheSameBatch() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            release.await();
            return Samples.DONE;
        });
        Message<Probe> probe = Samples.probe(command, 1);
        // When
        kit.accept(command, probe);
        // Then
        assertThat(answer(probe)).isIn(Stage.WAITING, Stage.RUNNING);
    }

    @Test
    void saysTheReplyAgainBeforeTheStatus() {
        // Given
        kit.accept(command);
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        // When
        Message<Probe> probe = Samples.probe(command, 1);
        assertThat(stage(probe)).isEqualTo(Stage.ANSWERED);
        // Then
        List<MessageId> said = wire.messages(Topics.REPLIES, migration).stream()
                .map(message -> message.envelope().id())
                .toList();
        MessageId reply = MessageId.ofReplyTo(command.envelope().id());
        assertThat(said)
                .containsExactly(reply, reply, new MessageId(probe.envelope().id() + "/status"));
        assertThat(wire.replies(command)).allMatch(message -> message.body().equals(Samples.DONE));
    }

    @Test
    void saysThatACommandWasWithdrawnBeforeItBegan() {
        // Given
        kit.accept(Samples.cancel(command), command);
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
        // When
        assertThat(stage(Samples.probe(command, 1))).isEqualTo(Stage.ANSWERED);
        // Then
        assertThat(wire.replies(command)).hasSize(2);
    }

    private Stage stage(Message<Probe> probe) {
        kit.accept(probe);
        return answer(probe);
    }

    private Stage answer(Message<Probe> probe) {
        Kit.until("the status", () -> !statuses(probe).isEmpty());
        return statuses(probe).getFirst().stage();
    }

    private List<CommandStatus> statuses(Message<Probe> probe) {
        return wire.messages(Topics.REPLIES, migration).stream()
                .filter(message -> message.envelope()
                        .causation()
                        .equals(Optional.of(probe.envelope().id())))
                .map(message -> (CommandStatus) message.body())
                .toList();
    }
}
