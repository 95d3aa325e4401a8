package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other side of the broker: sends records and keeps everything that appears on the watched topics. */
final class Wire implements AutoCloseable {

    private final Producer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    Wire(String bootstrapServers, String... topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics));
    }

    void send(String topic, Message<?> message) {
        send(MessageCodec.encode(message, topic));
    }

    void send(ProducerRecord<String, byte[]> made) {
        try {
            var unused = producer.send(made).get();
        } catch (Exception e) {
            throw new IllegalStateException("cannot send", e);
        }
    }

    /** Everything of {@code topic} and {@code key} so far, in order. */
    synchronized List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
        return seen.stream()
                .filter(record -> record.topic().equals(topic) && key.equals(record.key()))
                .toList();
    }

    List<Message<?>> messages(String topic, MigrationId migration) {
        List<Message<?>> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records(topic, migration.value())) {
            switch (MessageCodec.decode(each)) {
                case Decoded.Known known -> messages.add(known.message());
                case Decoded.Undecodable undecodable -> throw new AssertionError(undecodable.reason());
            }
        }
        return messages;
    }

    List<Message<?>> replies(Message<?> command) {
        MessageId id = command.envelope().id();
        return messages(Topics.REPLIES, command.envelope().migration()).stream()
                .filter(reply -> reply.envelope().causation().equals(Optional.of(id)))
                .toList();
    }

    Reply awaitReply(Message<?> command) {
        return Await.value(
                "a reply to " + command.envelope().id(),
                Kit.LIMIT,
                () -> replies(command).stream()
                        .map(reply -> (Reply) reply.body())
                        .findFirst());
    }

    Rejected awaitRejection(Message<?> command) {
        return (Rejected) awaitReply(command);
    }

    ConsumerRecord<String, byte[]> awaitDeadLetter(String key) {
        return Await.value(
                "a dead letter of " + key,
                Kit.LIMIT,
                () -> records(Topics.DEAD_LETTERS, key).stream().findFirst());
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }
}
