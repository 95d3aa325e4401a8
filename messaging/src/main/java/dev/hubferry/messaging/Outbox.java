package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import dev.hubferry.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Says messages in the transaction that makes them true; a relay publishes them after the commit, at least once, those of one
 * migration in the order in which they were added.
 *
 * <p>Transactions that add for the same migration and whose order matters must exclude each other, as those that lock the migration's
 * row do.
 */
public final class Outbox {
    private static final int LARGEST_BODY_BYTES = 900_000;

    private final Signal added = new Signal();

    /**
     * A message and where it goes.
     *
     * @param headers beside those of its envelope
     */
    public record Addressed(Message<?> message, String topic, Map<String, String> headers) {
        public Addressed {
            headers = Map.copyOf(headers);
        }

        public Addressed(Message<?> message, String topic) {
            this(message, topic, Map.of());
        }

        /** As a part of what is at this place of a trace. */
        public Addressed in(TraceParent trace, String header) {
            return new Addressed(message, topic, Map.of(header, trace.header()));
        }

        private WireMessage wire() {
            return requireFit(message).with(headers);
        }
    }

    /**
     * A CloudEvent that is about no migration.
     *
     * @param key letters of one key keep their order
     * @param body a JSON document
     */
    public record Letter(String topic, String key, Attributes attributes, String body) {
        /**
         * @param subject what it is about
         * @param causation the id of what it answers
         */
        public record Attributes(
                String id, String source, String type, Instant time, String subject, String causation) {}
    }

    /**
     * Adds a message to the caller's transaction; {@link #wake} makes it leave right after the commit.
     *
     * @throws IllegalArgumentException when the body is larger than a broker takes (900,000 bytes of JSON)
     */
    public void add(Connection connection, Message<?> message, String topic) throws SQLException {
        addAll(connection, List.of(new Addressed(message, topic)));
    }

    /**
     * As {@link #add}, for many at once: they leave in the order given.
     *
     * @throws IllegalArgumentException when one of the bodies is larger than a broker takes; none is added then
     */
    public void addAll(Connection connection, List<Addressed> messages) throws SQLException {
        if (!messages.isEmpty()) {
            OutboxTable.insert(
                    connection,
                    messages.stream()
                            .map(each -> new OutboxTable.Letter(each.topic(), each.wire()))
                            .toList());
        }
    }

    /**
     * Adds something that is about no migration to the caller's transaction.
     *
     * @throws IllegalArgumentException when the body is larger than a broker takes
     */
    public void add(Connection connection, Letter letter) throws SQLException {
        requireFit(letter.attributes().type(), letter.body());
        WireMessage wire = MessageCodec.encode(letter);
        OutboxTable.insert(connection, List.of(new OutboxTable.Letter(letter.topic(), wire)));
    }

    /** Adds messages that are known to fit, in the order given. */
    void addEncoded(Connection connection, List<WireMessage> messages, String topic) throws SQLException {
        if (!messages.isEmpty()) {
            OutboxTable.insert(
                    connection,
                    messages.stream()
                            .map(message -> new OutboxTable.Letter(topic, message))
                            .toList());
        }
    }

    static WireMessage requireFit(Message<?> message) {
        WireMessage wire = MessageCodec.encode(message);
        requireFit(message.envelope().type(), wire.body());
        return wire;
    }

    private static void requireFit(String type, String body) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "the body of " + type + " has " + bytes + " bytes, more than " + LARGEST_BODY_BYTES);
        }
    }

    /** To be called after the commit; without it messages leave at the relay's next look (half a second by default). */
    public void wake() {
        added.raise();
    }

    Signal added() {
        return added;
    }
}
