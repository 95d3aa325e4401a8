package dev.hubferry.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hears the public events, as anybody may. */
final class EventFeed implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<PublicEvent> listener;
    private final Thread thread = Thread.ofPlatform().daemon().name("events").unstarted(this::hear);

    EventFeed(String bootstrapServers, Consumer<PublicEvent> listener) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.listener = listener;
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
        consumer.close();
    }

    private void hear() {
        try {
            while (true) {
                for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
                    read(event).ifPresent(listener);
                }
            }
        } catch (WakeupException e) {
            // It is closed.
        }
    }

    private static Optional<PublicEvent> read(ConsumerRecord<String, byte[]> event) {
        Optional<PublicEvent.Kind> kind = PublicEvent.Kind.of(header(event, "ce_type"));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        JsonNode body = body(event);
        String subject = body.path(kind.get().subject()).asText("");
        String attempt = "/" + body.path("direction").asText("") + "/"
                + body.path("attempt").asInt(1);
        return Optional.of(new PublicEvent(
                kind.get(),
                event.key(),
                subject,
                subject + attempt,
                Instant.parse(header(event, "ce_time")),
                Instant.ofEpochMilli(event.timestamp())));
    }

    private static JsonNode body(ConsumerRecord<String, byte[]> event) {
        try {
            return JSON.readTree(event.value());
        } catch (IOException e) {
            throw new UncheckedIOException("an event is no JSON", e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), UTF_8);
    }
}
