package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reports on connections as Kafka records and back: CloudEvents as of all messages, but about a service instead of a migration, and with
 * the replica as key, so that the reports of one arrive in their order.
 */
public final class ConnectionReports {
    private static final String TYPE = "ce_type";
    private static final String WIRE_TYPE =
            ConnectionReport.class.getAnnotation(WireType.class).value();

    private ConnectionReports() {}

    /** @param source {@code ce_source}: who says it */
    static ProducerRecord<String, byte[]> encode(ConnectionReport report, String source) {
        ProducerRecord<String, byte[]> made = new ProducerRecord<>(
                Topics.CONNECTIONS, report.replica(), json(report).getBytes(UTF_8));
        add(made, "ce_specversion", "1.0");
        add(made, "ce_id", UUID.randomUUID().toString());
        add(made, "ce_source", source);
        add(made, TYPE, WIRE_TYPE);
        add(made, "ce_time", report.at().toString());
        add(made, "ce_subject", report.service().wireName());
        add(made, "content-type", "application/json");
        return made;
    }

    /** Empty for what cannot be read: the next report says it again. */
    public static Optional<ConnectionReport> decode(ConsumerRecord<String, byte[]> received) {
        Header type = received.headers().lastHeader(TYPE);
        if (type == null || !Arrays.equals(type.value(), WIRE_TYPE.getBytes(UTF_8)) || received.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(WireJson.mapper().readValue(received.value(), ConnectionReport.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String json(ConnectionReport report) {
        try {
            return WireJson.mapper().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a report on connections cannot be written as JSON", e);
        }
    }

    private static void add(ProducerRecord<String, byte[]> made, String name, String value) {
        made.headers().add(name, value.getBytes(UTF_8));
    }
}
