package dev.hubferry.sandbox.hub;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running hub's hold on its database: one connection for as long as the hub runs.
 *
 * <p>So, as with the real hub, a file that is put in the database's place meanwhile is not seen, and writes fail.
 */
final class HubStore implements AutoCloseable {
    private static final String COLUMNS = "select name, admin, cookie_id, created, last_activity from users ";

    private final Connection connection;

    private HubStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * A row of users.
     *
     * @param created as SQLite has it; empty when null
     * @param lastActivity as SQLite has it; empty when null
     */
    record User(String name, boolean admin, String cookieId, String created, String lastActivity) {}

    /** @throws SQLException when the file is no sound hub database of this schema */
    static HubStore open(Path file, String schema) throws SQLException {
        HubStore store = new HubStore(DriverManager.getConnection("jdbc:sqlite:" + file));
        try {
            store.require("pragma quick_check", "ok");
            store.require("select version_num from alembic_version", schema);
            return store;
        } catch (SQLException e) {
            store.close();
            throw e;
        }
    }

    private void require(String sql, String wanted) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String found = rows.next() ? rows.getString(1) : "nothing";
            if (!wanted.equals(found)) {
                throw new SQLException(sql + ": expected " + wanted + ", found " + found);
            }
        }
    }

    synchronized Optional<User> user(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "where name = ?")) {
            statement.setString(1, name);
            return read(statement).stream().findFirst();
        }
    }

    synchronized List<User> users(int offset, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "order by id limit ? offset ?")) {
            statement.setInt(1, limit);
            statement.setInt(2, offset);
            return read(statement);
        }
    }

    synchronized int count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from users")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Writes, as the hub does at each login. */
    synchronized void noteActivity(String name) throws SQLException {
        String sql = "update users set last_activity = strftime('%Y-%m-%d %H:%M:%f', 'now') where name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    private static List<User> read(PreparedStatement statement) throws SQLException {
        List<User> users = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                users.add(new User(
                        rows.getString(1),
                        rows.getBoolean(2),
                        rows.getString(3),
                        Optional.ofNullable(rows.getString(4)).orElse(""),
                        Optional.ofNullable(rows.getString(5)).orElse("")));
            }
        }
        return users;
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
