package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
class OutageTest {
    private final PostgresServer postgres = PostgresServer.start();
    private final TestDatabase database =
            TestDatabase.at(postgres.jdbcUrl("postgres")).migrated();
    private final Producer<String, byte[]> producer = KafkaProducers.create(
            Map.of("bootstrap.servers", SharedParts.kafka().bootstrapServers()));
    private final ScriptedHandler handler = new ScriptedHandler((_, _) -> Samples.DONE);
    /** With the usual lease: one of these tests waits for its end. */
    private final Kit kit = new Kit(
            database, producer, handler, MessagingConfigTest.config(Map.of("hubferry.messaging.inbox-poll", "PT0.1S")));

    private final MigrationId migration = Samples.newMigration();

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
        postgres.close();
    }

    @Test
    void isSatOutByTheIntakeWhichKeepsTheOrder() throws Exception {
        // Given
        List<Message<?>> commands = IntStream.rangeClosed(1, 20)
                .<Message<?>>mapToObj(attempt -> Samples.command(migration, attempt))
                .toList();
        postgres.kill();
        // When
        var intake = CompletableFuture.runAsync(() -> commands.forEach(kit::accept));
        assertThat(isDone(intake)).isFalse();
        postgres.restart();
        intake.get(180, TimeUnit.SECONDS);
        // Then
        for (Message<?> command : commands) {
            assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        }
        List<MessageId> ids =
                commands.stream().map(each -> each.envelope().id()).toList();
        assertThat(handler.started()).isEqualTo(ids);
    }

    private static boolean isDone(CompletableFuture<Void> work) throws Exception {
        try {
            work.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void costsNoAnswerOfACommandThatEndsMeanwhile() throws Exception {
        // Given
        Message<?> command = Samples.command(migration, 1);
        CountDownLatch databaseIsAway = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        handler.when(command.envelope().id(), (_, _) -> {
            databaseIsAway.await();
            ended.countDown();
            return Samples.DONE;
        });
        kit.accept(command);
        Kit.until("the start", () -> !handler.started().isEmpty());
        // When
        postgres.kill();
        databaseIsAway.countDown();
        assertThat(ended.await(180, TimeUnit.SECONDS)).isTrue();
        postgres.restart();
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
    }

    @Test
    void interruptsARunWhoseLeaseCouldNotBeExtendedAndRunsItAgain() throws Exception {
        // Given
        Message<?> command = Samples.command(migration, 1);
        CountDownLatch interrupted = new CountDownLatch(1);
        handler.when(command.envelope().id(), (_, execution) -> {
            if (execution.epoch() == 1) {
                try {
                    TimeUnit.MINUTES.sleep(10);
                } finally {
                    interrupted.countDown();
                }
            }
            return Samples.DONE;
        });
        kit.accept(command);
        Kit.until("the start", () -> !handler.started().isEmpty());
        // When
        postgres.kill();
        assertThat(interrupted.await(180, TimeUnit.SECONDS)).isTrue();
        postgres.restart();
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(Samples.DONE);
        assertThat(database.rows("select epoch >= 2 from inbox")).containsExactly("t");
    }
}
