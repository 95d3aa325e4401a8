package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.SharedParts;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellationTest {
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
        kit.close();
        producer.close();
        wire.close();
    }

    private void awaitStart(Message<?> started) {
        Kit.until(
                "the start", () -> handler.started().contains(started.envelope().id()));
    }

    @Test
    void answersACommandOnArrivalThatWasCancelledBefore() {
        // Given
        kit.accept(Samples.cancel(command));
        // When
        kit.accept(command);
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(handler.started()).isEmpty();
    }

    @Test
    void answersACommandThatArrivesWithItsCancellation() {
        // When
        kit.accept(Samples.cancel(command), command);
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(handler.started()).isEmpty();
    }

    @Test
    void answersACommandAtOnceThatWaitsBehindAnother() {
        // Given
        Message<?> ahead = Samples.command(migration, 2);
        handler.when(ahead.envelope().id(), (_, _) -> {
            release.await();
            return Samples.DONE;
        });
        kit.accept(ahead, command);
        awaitStart(ahead);
        // When
        kit.accept(Samples.cancel(command));
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
        release.countDown();
        assertThat(wire.awaitReply(ahead)).isEqualTo(Samples.DONE);
        assertThat(handler.started()).containsExactly(ahead.envelope().id());
    }

    @Test
    void interruptsACommandThatRuns() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            TimeUnit.MINUTES.sleep(10);
            return Samples.DONE;
        });
        kit.accept(command);
        awaitStart(command);
        // When
        kit.accept(Samples.cancel(command));
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void tellsACommandThatAsks() {
        // Given
        handler.when(command.envelope().id(), (_, execution) -> {
            while (true) {
                execution.ensureHeld();
                Thread.onSpinWait();
            }
        });
        kit.accept(command);
        awaitStart(command);
        // When
        kit.accept(Samples.cancel(command));
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void takesARefusalAfterTheInterruptForACancellation() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            try {
                TimeUnit.MINUTES.sleep(10);
                return Samples.DONE;
            } catch (InterruptedException e) {
                return Rejected.of(ErrorCode.SSH_UNREACHABLE, "connection closed");
            }
        });
        kit.accept(command);
        awaitStart(command);
        // When
        kit.accept(Samples.cancel(command));
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void letsASuccessStandThatCameBeforeTheInterruptWasNoticed() {
        // Given
        CountDownLatch interrupted = new CountDownLatch(1);
        handler.when(command.envelope().id(), (_, _) -> {
            try {
                TimeUnit.MINUTES.sleep(10);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Samples.DONE;
        });
        kit.accept(command);
        awaitStart(command);
        // When
        kit.accept(Samples.cancel(command));
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void changesNothingForACommandThatHasEnded() {
        // Given
        Message<?> next = Samples.command(migration, 2);
        kit.accept(command);
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        // When
        kit.accept(Samples.cancel(command), next);
        assertThat(wire.awaitReply(next)).isEqualTo(Samples.DONE);
        // Then
        assertThat(wire.replies(command)).hasSize(1);
    }

    @Test
    void answersACommandWhoseOwnerDiedWithoutRunningItAgain() {
        // Given
        database.execute("""
                insert into inbox (message_id, migration_id, type, exclusive_key, headers, body, state, owner, epoch, lease_until)
                values ('%s', '%s', '%s', 'zone:z', '%s', '%s', 'RUNNING', 'the dead', 3, 'infinity')
                """.formatted(
                        command.envelope().id(),
                        migration,
                        command.envelope().type(),
                        MessageCodec.encode(command).headersJson(),
                        MessageCodec.encode(command).body()));
        // When
        kit.accept(Samples.cancel(command));
        database.execute("update inbox set lease_until = clock_timestamp() where owner = 'the dead'");
        // Then
        assertThat(wire.awaitRejection(command).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(handler.started()).isEmpty();
        assertThat(database.rows("select state, epoch from inbox")).containsExactly("DONE 4");
    }
}
