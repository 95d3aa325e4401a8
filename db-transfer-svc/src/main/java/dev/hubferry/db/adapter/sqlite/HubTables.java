package dev.hubferry.db.adapter.sqlite;

import dev.hubferry.db.domain.Examination;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a hub's database; tables and columns that a release does not have count as empty. */
final class HubTables {
    private static final int DAMAGE_AT_MOST = 20;

    private final Connection connection;
    private final Set<String> tables;

    HubTables(Connection connection) throws SQLException {
        this.connection = connection;
        this.tables = new HashSet<>(Sql.texts(connection, """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                """));
    }

    Examination examine(long sizeBytes) throws SQLException {
        List<String> damage = damage();
        if (!damage.isEmpty()) {
            return Examination.damaged(damage, sizeBytes);
        }
        return new Examination(
                List.of(),
                schemaHead(),
                sizeBytes,
                tables.contains("users")
                        ? Set.copyOf(Sql.texts(connection, "SELECT name FROM users WHERE name IS NOT NULL"))
                        : Set.of(),
                count("users", "encrypted_auth_state"),
                count("spawners", "server_id"),
                stateNamespaces(),
                brokenReferences(),
                rows());
    }

    boolean has(String table, String column) throws SQLException {
        return tables.contains(table)
                && Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')")
                        .contains(column);
    }

    private List<String> damage() throws SQLException {
        return Sql.texts(connection, "PRAGMA integrity_check(" + DAMAGE_AT_MOST + ")").stream()
                .filter(line -> !line.equals("ok"))
                .toList();
    }

    private Optional<String> schemaHead() throws SQLException {
        return tables.contains("alembic_version")
                ? Sql.texts(connection, "SELECT version_num FROM alembic_version").stream()
                        .findFirst()
                : Optional.empty();
    }

    private long count(String table, String column) throws SQLException {
        return has(table, column)
                ? Sql.number(
                        connection,
                        "SELECT count(*) FROM " + quoted(table) + " WHERE " + quoted(column) + " IS NOT NULL")
                : 0;
    }

    private Set<String> stateNamespaces() throws SQLException {
        Set<String> namespaces = new HashSet<>();
        if (has("spawners", "state")) {
            for (String state : Sql.texts(connection, "SELECT DISTINCT state FROM spawners WHERE state IS NOT NULL")) {
                namespaces.addAll(SpawnerState.namespaces(state));
            }
        }
        return namespaces;
    }

    private Map<String, Long> brokenReferences() throws SQLException {
        Map<String, Long> broken = new HashMap<>();
        for (String table : Sql.texts(connection, "PRAGMA foreign_key_check")) {
            broken.merge(table, 1L, Long::sum);
        }
        return broken;
    }

    private Map<String, Long> rows() throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        for (String table : tables) {
            rows.put(table, Sql.number(connection, "SELECT count(*) FROM " + quoted(table)));
        }
        return rows;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
