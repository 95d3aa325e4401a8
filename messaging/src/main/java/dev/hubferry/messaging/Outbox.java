package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

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
     * Adds a message to the caller's transaction; {@link #wake} makes it leave right after the commit.
     *
     * @throws IllegalArgumentException when the body is larger than a broker takes (900,000 bytes of JSON)
     */
    public void add(Connection connection, Message<?> message, String topic) throws SQLException {
        OutboxTable.insert(connection, topic, requireFit(message));
    }

    /** Says a message again that was said before. */
    void addAgain(Connection connection, WireMessage message, String topic) throws SQLException {
        OutboxTable.insert(connection, topic, message);
    }

    static WireMessage requireFit(Message<?> message) {
        WireMessage wire = MessageCodec.encode(message);
        int bytes = wire.body().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_BODY_BYTES) {
            throw new IllegalArgumentException("the body of "
                    + message.envelope().type() + " has " + bytes + " bytes, more than " + LARGEST_BODY_BYTES);
        }
        return wire;
    }

    /** To be called after the commit; without it messages leave at the relay's next look (half a second by default). */
    public void wake() {
        added.raise();
    }

    Signal added() {
        return added;
    }
}
