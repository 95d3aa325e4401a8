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
            values (?, ?, ?, ?)
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

    static void insert(Connection connection, String topic, WireMessage wire) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, topic);
            insert.setString(2, wire.key());
            insert.setString(3, wire.headersJson());
            insert.setString(4, wire.body());
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
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }
}
