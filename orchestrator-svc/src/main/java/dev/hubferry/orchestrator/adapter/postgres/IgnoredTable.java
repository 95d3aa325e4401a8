package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Table {@code ignored_event}: what came and changed nothing, for those who look for a lost message. */
final class IgnoredTable {
    private static final String INSERT = """
            insert into ignored_event (migration_id, reason, at)
            values (?, ?, ?)
            """;

    private IgnoredTable() {}

    static void insert(Connection connection, MigrationId migration, String reason, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, migration.value());
            insert.setString(2, reason);
            Sql.set(insert, 3, now);
            insert.executeUpdate();
        }
    }
}
