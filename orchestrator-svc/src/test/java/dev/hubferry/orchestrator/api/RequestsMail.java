package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What somebody sends who asks by event, and all that was answered so far. */
final class RequestsMail implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<Answer> heard = new ArrayList<>();

    RequestsMail(String servers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(Topics.ANSWERS).stream()
                .map(info -> new TopicPartition(Topics.ANSWERS, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** One record of the answers' topic. */
    record Answer(String key, Map<String, String> headers, JsonNode body) {
        String type() {
            return headers.getOrDefault("ce_type", "");
        }

        String problem() {
            return body.at("/problem/type").asText().replace("urn:hubferry:problem:", "");
        }
    }

    void send(String key, String value) {
        var unused = producer.send(new ProducerRecord<>(Topics.REQUESTS, key, value.getBytes(UTF_8)));
        producer.flush();
    }

    /** As {@link #send(String, String)}, from within a trace. */
    void send(String key, String value, String traceparent) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.REQUESTS, key, value.getBytes(UTF_8));
        record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        var unused = producer.send(record);
        producer.flush();
    }

    /** Sends it with its id as key, and waits for the first answer. */
    Answer ask(Signer signer, Map<String, Object> claims) {
        String id = String.valueOf(claims.get("jti"));
        send(id, signer.sign(claims));
        return await(id);
    }

    Answer await(String request) {
        return await(request, 1).getFirst();
    }

    /** All answers to a request, once there are so many. */
    List<Answer> await(String request, int count) {
        return Await.value(count + " answers to " + request, SOON, () -> {
            List<Answer> all = answersTo(request);
            return all.size() < count ? Optional.empty() : Optional.of(all);
        });
    }

    List<Answer> answersTo(String request) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> heard.add(answer(record)));
        return heard.stream()
                .filter(answer -> answer.body().path("request").asText().equals(request))
                .toList();
    }

    private static Answer answer(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        try {
            return new Answer(record.key(), headers, JSON.readTree(record.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
