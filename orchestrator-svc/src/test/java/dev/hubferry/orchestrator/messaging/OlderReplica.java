package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.Retry;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.adapter.postgres.PostgresHandedOver;
import dev.hubferry.orchestrator.adapter.postgres.PostgresMigrationStore;
import dev.hubferry.orchestrator.saga.GrantLoop;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.MigrationIds;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.TimerLoop;
import dev.hubferry.orchestrator.saga.queue.Limits;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A second orchestrator beside the one under test, on its database and its broker, to which Kafka gives every reply from now on. */
public final class OlderReplica implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Migrations migrations;
    private final ReplyIntake intake;
    private final TimerLoop timers;
    private final GrantLoop grants;
    private final TakeOverLoop takeOver;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("older-replica").unstarted(this::hear);

    /** What both have in common. */
    public record Ground(
            Transactions transactions,
            Outbox outbox,
            SeenMessages seen,
            MessageReader reader,
            Retry retry,
            Limits limits,
            Clock clock,
            String bootstrapServers) {}

    public OlderReplica(SagaDefinitions definitions, Ground ground) {
        Clock clock = ground.clock();
        MigrationStore store = new PostgresMigrationStore(
                ground.transactions(), ground.outbox(), ground.seen(), "/test/older", definitions.ids(), new Wakes());
        HandedOver handedOver = new PostgresHandedOver(ground.transactions(), definitions.ids());
        migrations = new Migrations(definitions, store, new MigrationIds(new SecureRandom()), clock);
        intake = new ReplyIntake(
                ground.reader(), new Hearing(definitions, store, clock), store, handedOver, ground.retry());
        timers = new TimerLoop(migrations, store, clock, POLL);
        grants = new GrantLoop(new Granting(migrations, store, ground.limits()), POLL);
        takeOver = new TakeOverLoop(handedOver, intake, POLL);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", ground.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private final class Wakes implements PostgresMigrationStore.Watcher {
        @Override
        public void changed(MigrationId migration) {}

        @Override
        public void timersSet(Instant firstDue) {
            timers.set(firstDue);
        }

        @Override
        public void slotsChanged() {
            grants.wake();
        }
    }

    /** When it returns no reply that is said is missed. */
    public OlderReplica start() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.REPLIES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The seek is done when it is asked for.
        partitions.forEach(consumer::position);
        timers.start();
        grants.start();
        takeOver.start();
        thread.start();
        return this;
    }

    public Migrations migrations() {
        return migrations;
    }

    private void hear() {
        try (consumer) {
            while (true) {
                intake.accept(consumer.poll(Duration.ofMillis(200)));
            }
        } catch (WakeupException | InterruptedException e) {
            // The end.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takeOver.stop();
        timers.stop();
        grants.stop();
    }
}
