package dev.hubferry.messaging;

import dev.hubferry.contracts.MessageId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells a message that comes again from a new one, for those who handle a message inside one transaction (table {@code seen_message}). */
public final class SeenMessages {
    private static final String INSERT = """
            insert into seen_message (message_id)
            select distinct message_id
            from unnest(?::text[]) as heard (message_id)
            order by message_id
            on conflict do nothing
            returning message_id
            """;

    /**
     * True for the one transaction that shall apply the message, false when another has: it stands when this transaction commits.
     * Waits for another transaction that is applying the same message.
     */
    public boolean firstTime(Connection connection, MessageId message) throws SQLException {
        return !firstTimes(connection, List.of(message)).isEmpty();
    }

    /** Those for which {@link #firstTime} is true; each is in it once, however often it is asked about. */
    public Set<MessageId> firstTimes(Connection connection, Collection<MessageId> messages) throws SQLException {
        Set<MessageId> first = new HashSet<>();
        try (var insert = connection.prepareStatement(INSERT)) {
            SqlArrays.setTexts(insert, 1, messages, MessageId::value);
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    first.add(new MessageId(rows.getString(1)));
                }
            }
        }
        return first;
    }
}
