package dev.hubferry.messaging;

import dev.hubferry.contracts.MessageId;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells a message that comes again from a new one, for those who handle a message inside one transaction (table {@code seen_message}). */
public final class SeenMessages {
    private static final String INSERT = """
            insert into seen_message (message_id)
            values (?)
            on conflict do nothing
            """;

    /**
     * True for the one transaction that shall apply the message, false when another has: it stands when this transaction commits.
     * Waits for another transaction that is applying the same message.
     */
    public boolean firstTime(Connection connection, MessageId message) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, message.value());
            return insert.executeUpdate() == 1;
        }
    }
}
