package dev.hubferry.bench.homes;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The orchestrator's end of the broker: one command at a time, and its reply. */
final class Wire implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Producer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final BooleanSupplier answering;
    private final Clock clock;
    private final Map<MessageId, Reply> replies = new HashMap<>();

    /** @param answering whether whoever is asked is still there */
    Wire(String bootstrapServers, BooleanSupplier answering, Clock clock) {
        this.answering = answering;
        this.clock = clock;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.REPLIES).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /**
     * A reply and how long it took.
     *
     * @param seconds from sending the command to hearing the reply
     */
    record Answer<T extends Reply>(T reply, double seconds) {}

    /**
     * Sends a command as this attempt of a step and waits for its reply.
     *
     * @throws IllegalStateException when the reply is another one, such as a rejection, or there is none
     */
    <T extends Reply> Answer<T> ask(MigrationId migration, StepRef step, StorageCommand command, Class<T> expected)
            throws InterruptedException {
        MessageId id = MessageId.ofCommand(migration, step);
        Envelope envelope = new Envelope(
                id,
                "/hubferry/orchestrator-svc",
                WireTypes.nameOf(command.getClass()),
                clock.instant(),
                migration,
                Optional.of(step),
                Optional.empty(),
                OptionalLong.empty());
        long begun = System.nanoTime();
        try {
            var unused = producer.send(
                    MessageCodec.encode(new Message<>(envelope, command), Topics.commandsFor(command.participant())));
            Reply reply = await(id, begun + LIMIT.toNanos());
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (!expected.isInstance(reply)) {
                throw new IllegalStateException(step.name() + " was answered with " + show(reply));
            }
            return new Answer<>(expected.cast(reply), seconds);
        } catch (InterruptException e) {
            throw stopped(id);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }

    private Reply await(MessageId id, long deadline) {
        while (true) {
            Reply reply = replies.remove(id);
            if (reply != null) {
                return reply;
            }
            if (!answering.getAsBoolean()) {
                throw new IllegalStateException("storage-svc ended before it answered " + id);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("storage-svc has not answered " + id + " within " + LIMIT);
            }
            consumer.poll(POLL).forEach(this::keep);
        }
    }

    private void keep(ConsumerRecord<String, byte[]> received) {
        switch (MessageCodec.decode(received)) {
            case Decoded.Known(Message<?> message)
            when message.body() instanceof Reply reply ->
                replies.put(message.envelope().causation().orElseThrow(), reply);
            case Decoded.Known(Message<?> message) ->
                throw new IllegalStateException(
                        "no reply, but a " + message.envelope().type());
            case Decoded.Undecodable(String reason) -> throw new IllegalStateException(reason);
        }
    }

    /** Kafka's clients tell of an interrupt by an exception of their own, and leave the thread interrupted. */
    private static InterruptedException stopped(MessageId id) {
        var unused = Thread.interrupted();
        return new InterruptedException("interrupted while waiting for the answer to " + id);
    }

    private static String show(Reply reply) {
        return reply instanceof Rejected rejected ? rejected.code() + ": " + rejected.detail() : reply.toString();
    }
}
