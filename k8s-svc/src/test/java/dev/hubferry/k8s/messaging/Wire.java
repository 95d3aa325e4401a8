package dev.hubferry.k8s.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The orchestrator's end of the broker. */
final class Wire implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Instant TIME = Instant.parse("2026-11-22T12:00:00Z");

    private final Producer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<MessageId, Reply> replies = new HashMap<>();

    Wire(String bootstrapServers) {
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
        consumer.subscribe(List.of(Topics.REPLIES));
    }

    /** Sends a command as the only attempt of {@code step} and waits for its reply. */
    Reply ask(MigrationId migration, String step, K8sCommand command) {
        StepRef ref = new StepRef(step, StepRef.Direction.DO, 1);
        MessageId id = MessageId.ofCommand(migration, ref);
        Envelope envelope = new Envelope(
                id,
                "/hubferry/orchestrator-svc",
                WireTypes.nameOf(command.getClass()),
                TIME,
                migration,
                Optional.of(ref),
                Optional.empty(),
                OptionalLong.empty());
        var unused = producer.send(
                MessageCodec.encode(new Message<>(envelope, command), Topics.commandsFor(Participant.K8S)));
        return Await.value("the reply to " + id, LIMIT, () -> {
            consumer.poll(Duration.ofMillis(50)).forEach(this::keep);
            return Optional.ofNullable(replies.get(id));
        });
    }

    private void keep(ConsumerRecord<String, byte[]> received) {
        switch (MessageCodec.decode(received)) {
            case Decoded.Known(Message<?> message) ->
                replies.put(message.envelope().causation().orElseThrow(), (Reply) message.body());
            case Decoded.Undecodable(String reason) -> throw new AssertionError(reason);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }
}
