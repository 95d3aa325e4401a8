package dev.hubferry.db.adapter.sqlite;

import dev.hubferry.db.domain.Healing;
import dev.hubferry.db.domain.Relocation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the doctor does to the copy, within the caller's transaction. */
final class Treatment {
    private final Connection connection;
    private final Relocation relocation;

    Treatment(Connection connection, Relocation relocation) {
        this.connection = connection;
        this.relocation = relocation;
    }

    Healing apply() throws SQLException {
        HubTables tables = new HubTables(connection);
        long removed = 0;
        long stopped = 0;
        if (tables.has("spawners", "server_id")) {
            removed = tables.has("servers", "id") ? removeServersOfSpawners(tables) : 0;
            stopped = Sql.change(connection, "UPDATE spawners SET server_id = NULL WHERE server_id IS NOT NULL");
        }
        Moves moves = new Moves(0, 0);
        if (relocation.changesNamespace() && tables.has("spawners", "state")) {
            moves = moveStates();
        }
        return new Healing(stopped, removed, moves.moved(), moves.unreadable());
    }

    /** Rows that a service points to stay, even if a spawner points there too. */
    private long removeServersOfSpawners(HubTables tables) throws SQLException {
        String serviceServers = tables.has("services", "_server_id")
                ? "SELECT _server_id FROM services WHERE _server_id IS NOT NULL"
                : "SELECT 0 WHERE 0";
        return Sql.change(connection, """
                DELETE FROM servers
                WHERE id IN (SELECT server_id FROM spawners WHERE server_id IS NOT NULL)
                  AND id NOT IN (%s)
                """.formatted(serviceServers));
    }

    private Moves moveStates() throws SQLException {
        Map<Long, String> changed = new LinkedHashMap<>();
        long unreadable = 0;
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT id, state FROM spawners WHERE state IS NOT NULL");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String before = rows.getString(2);
                Optional<String> after = SpawnerState.moved(before, relocation);
                if (after.isEmpty()) {
                    unreadable++;
                } else if (!after.get().equals(before)) {
                    changed.put(rows.getLong(1), after.get());
                }
            }
        }
        write(changed);
        return new Moves(changed.size(), unreadable);
    }

    private void write(Map<Long, String> states) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE spawners SET state = ? WHERE id = ?")) {
            for (Map.Entry<Long, String> state : states.entrySet()) {
                update.setString(1, state.getValue());
                update.setLong(2, state.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private record Moves(long moved, long unreadable) {}
}
