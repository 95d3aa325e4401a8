package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.trace.TraceParent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message as it travels and as the tables keep it.
 *
 * @param key the Kafka key: the migration's id
 * @param headers CloudEvents attributes in binary content mode, by header name
 * @param body a JSON document
 */
record WireMessage(String key, Map<String, String> headers, String body) {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    WireMessage {
        headers = Map.copyOf(headers);
    }

    /** From a table's columns. */
    static WireMessage stored(String key, String headersJson, String body) {
        try {
            return new WireMessage(key, WireJson.mapper().readValue(headersJson, HEADERS), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table holds headers that are no JSON object of strings", e);
        }
    }

    /** A record that was decoded already, with everything in it that this version does not know. */
    static WireMessage received(ConsumerRecord<String, byte[]> source, MigrationId migration) {
        Map<String, String> headers = new HashMap<>();
        source.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new WireMessage(migration.value(), headers, new String(source.value(), UTF_8));
    }

    /** The trace that it belongs to. */
    Optional<TraceParent> trace() {
        return TraceParent.parse(headers.get(TraceParent.HEADER));
    }

    /** A part of what is at this place of a trace. */
    WireMessage in(Optional<TraceParent> trace) {
        return trace.map(at -> with(Map.of(TraceParent.HEADER, at.header()))).orElse(this);
    }

    WireMessage with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new WireMessage(key, all, body);
    }

    /** For a table's column. */
    String headersJson() {
        try {
            return WireJson.mapper().writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers cannot be written as JSON", e);
        }
    }

    ProducerRecord<String, byte[]> toRecord(String topic) {
        ProducerRecord<String, byte[]> made = new ProducerRecord<>(topic, key, body.getBytes(UTF_8));
        headers.forEach((name, value) -> made.headers().add(name, value.getBytes(UTF_8)));
        return made;
    }
}
