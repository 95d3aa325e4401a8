package dev.hubferry.sandbox.hub;

import dev.hubferry.sandbox.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A hub's database file while no hub runs on it: made, read and prepared for the sandbox. */
public final class HubDatabase {
    private static final String REAL = "jupyterhub-3.0.0.sqlite";
    private static final List<String> PEOPLE = List.of(
            "api_tokens",
            "oauth_codes",
            "user_role_map",
            "group_role_map",
            "service_role_map",
            "user_group_map",
            "spawners",
            "servers",
            "services",
            "groups",
            "users");

    private final Path file;

    private HubDatabase(Path file) {
        this.file = file;
    }

    /** The database at this file, which must exist. */
    public static HubDatabase at(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no hub database at " + file);
        }
        return new HubDatabase(file);
    }

    /** Puts a copy of the database that a real JupyterHub 3.0.0 wrote (256 users) at this file. */
    public static HubDatabase copyOfReal(Path file) {
        return new HubDatabase(Resources.copyAs(file, REAL));
    }

    /** A database of the same schema with one administrator and nobody else, as a freshly installed hub has. */
    public HubDatabase emptiedTo(Path copy, String administrator) {
        try {
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file, e);
        }
        HubDatabase emptied = new HubDatabase(copy);
        emptied.change(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : PEOPLE) {
                    statement.executeUpdate("delete from " + table);
                }
            }
            insertUser(connection, administrator);
        });
        return emptied;
    }

    public Path file() {
        return file;
    }

    /** Names of all users, in the order in which they came. */
    public List<String> users() {
        return query("select name from users order by id");
    }

    /** The Alembic head. */
    public String schema() {
        return query("select version_num from alembic_version").getFirst();
    }

    /** The JupyterHub that wrote this schema. */
    public String hubVersion() {
        String head = schema();
        return HubVersions.ofSchema(head)
                .orElseThrow(() -> new IllegalArgumentException(file + " has the unknown schema " + head));
    }

    /**
     * Notes that a user's server runs, as KubeSpawner does: a server, and where its pod is.
     *
     * @param name of the user, who must exist
     */
    public void markRunning(String name, String pod, String namespace, String address) {
        change(connection -> {
            long server = insertServer(connection, name, address);
            String sql = """
                    update spawners set server_id = ?, state = ?, started = datetime('now'), last_activity = datetime('now')
                     where name = '' and user_id = (select id from users where name = ?)
                    """;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, server);
                statement.setString(
                        2,
                        "{\"pod_name\": \"%s\", \"namespace\": \"%s\", \"dns_name\": \"%s.%s.svc.cluster.local\"}"
                                .formatted(pod, namespace, pod, namespace));
                statement.setString(3, name);
                if (statement.executeUpdate() == 0) {
                    insertSpawner(connection, name, server, pod, namespace);
                }
            }
        });
    }

    private static long insertServer(Connection connection, String user, String address) throws SQLException {
        String sql = "insert into servers (proto, ip, port, base_url, cookie_name) values ('http', ?, 8888, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            statement.setString(1, address);
            statement.setString(2, "/user/" + user + "/");
            statement.setString(3, "jupyterhub-user-" + user);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static void insertSpawner(Connection connection, String user, long server, String pod, String namespace)
            throws SQLException {
        String sql = """
                insert into spawners (user_id, server_id, state, name, started, last_activity)
                select id, ?, ?, '', datetime('now'), datetime('now') from users where name = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, server);
            statement.setString(2, "{\"pod_name\": \"%s\", \"namespace\": \"%s\"}".formatted(pod, namespace));
            statement.setString(3, user);
            if (statement.executeUpdate() == 0) {
                throw new SQLException("no user " + user);
            }
        }
    }

    private static void insertUser(Connection connection, String name) throws SQLException {
        String sql = "insert into users (name, admin, created, cookie_id) values (?, 1, datetime('now'), ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, "cookie-of-" + name);
            statement.executeUpdate();
        }
    }

    private List<String> query(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the hub database " + file, e);
        }
    }

    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private void change(Change change) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            change.apply(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change the hub database " + file, e);
        }
    }
}
