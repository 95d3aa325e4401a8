package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.trace.Traces;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private static final int MIGRATIONS = 5;
    private static final int MESSAGES = 600;

    private static KafkaBroker broker;

    private final TestDatabase database =
            TestDatabase.pooled(TestDatabase.create().url());
    private final MessagingConfig config = MessagingConfigTest.config(Map.of(
            "hubferry.messaging.outbox-batch", "20",
            "hubferry.messaging.outbox-poll", "PT0.05S"));
    private final List<OutboxRelay> relays = new ArrayList<>();
    private final List<Producer<String, byte[]>> producers = new ArrayList<>();
    private final List<MigrationId> migrations =
            IntStream.range(0, MIGRATIONS).mapToObj(i -> Samples.newMigration()).toList();
    private final Outbox outbox = new Outbox();

    private final String topic = "test." + migrations.getFirst();
    private Wire wire;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() {
        broker.createTopics(3, topic);
        wire = new Wire(broker.bootstrapServers(), topic);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (OutboxRelay relay : relays) {
            relay.stop();
        }
        producers.forEach(producer -> producer.close(Duration.ZERO));
        wire.close();
        ((AgroalDataSource) database.dataSource()).close();
    }

    private void startRelay() {
        Producer<String, byte[]> producer =
                KafkaProducers.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        producers.add(producer);
        OutboxRelay relay = new OutboxRelay(
                database.transactions(), outbox, producer, config, new Meters(new SimpleMeterRegistry()), Traces.NONE);
        relays.add(relay);
        relay.start();
    }

    private void add(int number) {
        MigrationId migration = migrations.get(number % MIGRATIONS);
        MessageId id = new MessageId(Integer.toString(number));
        database.transactions()
                .runInTransaction(connection -> outbox.add(
                        connection,
                        Samples.message(id, migration, Optional.empty(), Rejected.of(ErrorCode.CANCELLED, "a test")),
                        topic));
        outbox.wake();
    }

    /** The messages of a migration as they appear for the first time; consumers drop repetitions by their id. */
    private List<String> firstAppearances(MigrationId migration) {
        return List.copyOf(new LinkedHashSet<>(wire.messages(topic, migration).stream()
                .map(message -> message.envelope().id().value())
                .toList()));
    }

    private List<String> expected(int migration) {
        return IntStream.range(0, MESSAGES)
                .filter(number -> number % MIGRATIONS == migration)
                .mapToObj(Integer::toString)
                .toList();
    }

    @Test
    void keepsTheOrderOfAKeyUnderTwoRelaysWhileTheBrokerIsKilled() {
        // Given
        startRelay();
        startRelay();
        // When
        for (int number = 0; number < MESSAGES; number++) {
            if (number == MESSAGES / 3) {
                broker.kill();
            }
            if (number == 2 * MESSAGES / 3) {
                broker.restart();
            }
            add(number);
        }
        Kit.until("an empty outbox", () -> database.rows("select from outbox").isEmpty());
        // Then
        for (int migration = 0; migration < MIGRATIONS; migration++) {
            int at = migration;
            Kit.until(
                    "all messages of a migration",
                    () -> firstAppearances(migrations.get(at)).size() == MESSAGES / MIGRATIONS);
            assertThat(firstAppearances(migrations.get(at))).isEqualTo(expected(at));
        }
    }

    @Test
    void publishesThoseThatWereAddedAtOnceInTheirOrder() {
        // Given
        List<Outbox.Addressed> messages = IntStream.range(0, 50)
                .mapToObj(number -> new Outbox.Addressed(
                        Samples.message(
                                new MessageId(Integer.toString(number)),
                                migrations.getFirst(),
                                Optional.empty(),
                                Rejected.of(ErrorCode.CANCELLED, "a test")),
                        topic))
                .toList();
        // When
        database.transactions().runInTransaction(connection -> outbox.addAll(connection, messages));
        startRelay();
        // Then
        Kit.until("all", () -> firstAppearances(migrations.getFirst()).size() == messages.size());
        assertThat(firstAppearances(migrations.getFirst()))
                .isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    }

    @Test
    void startsToPublishWhenTheBrokerIsThereAtLast() {
        // Given
        broker.kill();
        startRelay();
        add(0);
        // When
        broker.restart();
        // Then
        Kit.until("the message", () -> firstAppearances(migrations.getFirst()).equals(List.of("0")));
    }

    @Test
    void publishesWhatNobodyWokeItFor() {
        // Given
        startRelay();
        // When
        database.transactions().runInTransaction(connection -> new Outbox().add(connection, sample(), topic));
        // Then
        Kit.until("the message", () -> firstAppearances(migrations.getFirst()).equals(List.of("x")));
    }

    @Test
    void takesNothingFromATransactionThatFails() {
        // Given
        startRelay();
        // When
        assertThatThrownBy(() -> database.transactions().runInTransaction(connection -> {
                    outbox.add(connection, sample(), topic);
                    throw new IllegalStateException("a test");
                }))
                .hasMessage("a test");
        add(0);
        // Then
        Kit.until(
                "the other message",
                () -> firstAppearances(migrations.getFirst()).equals(List.of("0")));
    }

    @Test
    void isFreedFromARelayThatWasSuspendedInItsTransaction() throws Exception {
        // Given
        try (var suspended = database.dataSource().getConnection()) {
            suspended.setAutoCommit(false);
            OutboxTable.lock(suspended);
            startRelay();
            // When
            add(0);
            // Then
            Kit.until(
                    "the message", () -> firstAppearances(migrations.getFirst()).equals(List.of("0")));
            assertThat(suspended.isValid(1)).isFalse();
        }
    }

    @Test
    void refusesABodyThatABrokerWouldRefuse() {
        // Given
        Problem problem = new Problem(ErrorCode.UNEXPECTED, "here", "x".repeat(1_000_000), "nothing");
        Message<?> large = Samples.message(
                new MessageId("large"), migrations.getFirst(), Optional.empty(), Rejected.of(List.of(problem)));
        // Then
        assertThatThrownBy(() ->
                        database.transactions().runInTransaction(connection -> outbox.add(connection, large, topic)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hubferry.rejected.v1");
    }

    private Message<?> sample() {
        return Samples.message(
                new MessageId("x"),
                migrations.getFirst(),
                Optional.empty(),
                Rejected.of(ErrorCode.CANCELLED, "a test"));
    }
}
