package dev.hubferry.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.WireTypes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Messages as Kafka records and back: CloudEvents 1.0 in binary content mode (a header {@code ce_<attribute>} each), the body as
 * JSON in UTF-8, the migration's id as key.
 */
public final class MessageCodec {
    private static final String SPEC_VERSION = "ce_specversion";
    private static final String ID = "ce_id";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String TIME = "ce_time";
    private static final String SUBJECT = "ce_subject";
    private static final String STEP = "ce_step";
    private static final String DIRECTION = "ce_direction";
    private static final String ATTEMPT = "ce_attempt";
    private static final String CAUSATION = "ce_causationid";
    private static final String SEQUENCE = "ce_sequence";
    private static final String CONTENT_TYPE = "content-type";

    private MessageCodec() {}

    /** The record to produce to {@code topic}. */
    public static ProducerRecord<String, byte[]> encode(Message<?> message, String topic) {
        return encode(message).toRecord(topic);
    }

    /** Never throws: what cannot be read is {@link Decoded.Undecodable}. */
    public static Decoded decode(ConsumerRecord<String, byte[]> received) {
        try {
            return new Decoded.Known(read(headers(received), text(received.value(), "the body")));
        } catch (MalformedException e) {
            return new Decoded.Undecodable(e.getMessage());
        }
    }

    /**
     * Whose message it is, even when its type is not known here or its body malformed; empty for what no version can have said, whose
     * headers and body are not even text.
     */
    public static Optional<Envelope> envelope(ConsumerRecord<String, byte[]> received) {
        try {
            Map<String, String> headers = headers(received);
            var unused = text(received.value(), "the body");
            return Optional.of(envelope(headers, required(headers, TYPE)));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    static WireMessage encode(Message<?> message) {
        Envelope envelope = message.envelope();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(ID, envelope.id().value());
        headers.put(SOURCE, envelope.source());
        headers.put(TYPE, envelope.type());
        headers.put(TIME, envelope.time().toString());
        headers.put(SUBJECT, envelope.migration().value());
        headers.put(CONTENT_TYPE, "application/json");
        envelope.step().ifPresent(step -> {
            headers.put(STEP, step.name());
            headers.put(DIRECTION, step.direction().wireName());
            headers.put(ATTEMPT, Integer.toString(step.attempt()));
        });
        envelope.causation().ifPresent(causation -> headers.put(CAUSATION, causation.value()));
        envelope.sequence().ifPresent(sequence -> headers.put(SEQUENCE, Long.toString(sequence)));
        return new WireMessage(envelope.migration().value(), headers, json(message.body()));
    }

    static WireMessage encode(Outbox.Letter letter) {
        Outbox.Letter.Attributes attributes = letter.attributes();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(ID, attributes.id());
        headers.put(SOURCE, attributes.source());
        headers.put(TYPE, attributes.type());
        headers.put(TIME, attributes.time().toString());
        headers.put(SUBJECT, attributes.subject());
        headers.put(CAUSATION, attributes.causation());
        headers.put(CONTENT_TYPE, "application/json");
        return new WireMessage(letter.key(), headers, letter.body());
    }

    static Decoded decode(WireMessage wire) {
        try {
            return new Decoded.Known(read(wire.headers(), wire.body()));
        } catch (MalformedException e) {
            return new Decoded.Undecodable(e.getMessage());
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> received) throws MalformedException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : received.headers()) {
            headers.put(header.key(), text(header.value(), "header " + header.key()));
        }
        return headers;
    }

    private static Message<?> read(Map<String, String> headers, String body) throws MalformedException {
        String version = required(headers, SPEC_VERSION);
        if (!version.equals("1.0")) {
            throw new MalformedException("header " + SPEC_VERSION + " must be '1.0', but was '" + version + "'");
        }
        String type = required(headers, TYPE);
        Class<? extends Body> bodyType =
                WireTypes.find(type).orElseThrow(() -> new MalformedException("type '" + type + "' is not known here"));
        return new Message<>(envelope(headers, type), body(body, bodyType));
    }

    private static Envelope envelope(Map<String, String> headers, String type) throws MalformedException {
        try {
            return new Envelope(
                    new MessageId(required(headers, ID)),
                    required(headers, SOURCE),
                    type,
                    Instant.parse(required(headers, TIME)),
                    new MigrationId(required(headers, SUBJECT)),
                    step(headers),
                    Optional.ofNullable(headers.get(CAUSATION)).map(MessageId::new),
                    headers.containsKey(SEQUENCE)
                            ? OptionalLong.of(Long.parseLong(required(headers, SEQUENCE)))
                            : OptionalLong.empty());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedException("the envelope is malformed: " + e.getMessage());
        }
    }

    private static Optional<StepRef> step(Map<String, String> headers) throws MalformedException {
        if (!headers.containsKey(STEP)) {
            return Optional.empty();
        }
        int attempt = Integer.parseInt(required(headers, ATTEMPT));
        return Optional.of(new StepRef(required(headers, STEP), direction(required(headers, DIRECTION)), attempt));
    }

    private static Direction direction(String wireName) throws MalformedException {
        for (Direction direction : Direction.values()) {
            if (direction.wireName().equals(wireName)) {
                return direction;
            }
        }
        throw new MalformedException("header " + DIRECTION + " is '" + wireName + "', which is not known here");
    }

    private static Body body(String json, Class<? extends Body> type) throws MalformedException {
        try {
            Body read = WireJson.mapper().readValue(json, type);
            if (read == null) {
                throw new MalformedException("the body is null");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new MalformedException("the body is malformed: " + e.getOriginalMessage());
        }
    }

    private static String json(Body body) {
        try {
            return WireJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a body of " + body.getClass() + " cannot be written as JSON", e);
        }
    }

    private static String required(Map<String, String> headers, String name) throws MalformedException {
        String value = headers.get(name);
        if (value == null) {
            throw new MalformedException("header " + name + " is missing");
        }
        return value;
    }

    private static String text(byte @Nullable [] bytes, String what) throws MalformedException {
        if (bytes == null) {
            throw new MalformedException(what + " is missing");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                // The tables' text columns cannot hold it, and no JSON document has it.
                throw new MalformedException(what + " has a NUL character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException(what + " is not UTF-8");
        }
    }

    /** Stays inside this class: to the outside a malformed record is a value. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
