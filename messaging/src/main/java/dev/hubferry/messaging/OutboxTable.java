package dev.hubferry.messaging;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Table {@code outbox}: messages that are said but not yet published. */
final class OutboxTable {
    private static final String INSERT = """
            insert into outbox (topic, key, headers, body)
            select topic, key, headers, body
            from unnest(?::text[], ?::text[], ?::text[], ?::text[])
                with ordinality as said (topic, key, headers, body, position)
            order by position
            """;

    /** One relay at a time publishes, so that the order of a key holds; the lock ends with the transaction. */
    private static final String LOCK = """
            set local lock_timeout = '2s';
            select pg_advisory_xact_lock(hashtextextended(current_schema() || '.outbox', 0))
            """;

    private static final String FIRST = """
            select id, topic, key, headers, body
            from outbox
            order by id
            limit ?
            """;

    private static final String DELETE = """
            delete from outbox
            where id = any (?)
            """;

    private OutboxTable() {}

    record Row(long id, String topic, WireMessage wire) {}

    /** A message that is not in the table yet. */
    record Letter(String topic, WireMessage wire) {}

    /** Inserts all, in the order given. */
    static void insert(Connection connection, List<Letter> letters) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            SqlArrays.setTexts(insert, 1, letters, Letter::topic);
            SqlArrays.setTexts(insert, 2, letters, letter -> letter.wire().key());
            SqlArrays.setTexts(insert, 3, letters, letter -> letter.wire().headersJson());
            SqlArrays.setTexts(insert, 4, letters, letter -> letter.wire().body());
            insert.executeUpdate();
        }
    }

    /** Waits until no other relay publishes; gives up after two seconds with an SQLException that is a conflict. */
    static void lock(Connection connection) throws SQLException {
        try (var statements = connection.createStatement()) {
            statements.execute(LOCK);
        }
    }

    /** Shows the database that this session is neither gone nor suspended, which would cost it the lock. */
    static void keepAlive(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select 1")) {
            select.execute();
        }
    }

    static List<Row> first(Connection connection, int limit) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (var select = connection.prepareStatement(FIRST)) {
            select.setInt(1, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(
                            rows.getLong("id"),
                            rows.getString("topic"),
                            WireMessage.stored(
                                    rows.getString("key"), rows.getString("headers"), rows.getString("body"))));
                }
            }
        }
        return found;
    }

    static void delete(Connection connection, Collection<Long> ids) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            SqlArrays.setNumbers(delete, 1, ids, id -> id);
            delete.executeUpdate();
        }
    }
}
