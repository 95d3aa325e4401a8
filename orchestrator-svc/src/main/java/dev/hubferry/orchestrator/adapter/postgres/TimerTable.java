package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Decision.Alarm;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code migration_timer}: times that sagas wait for; changed only by who holds the migration's lock. */
final class TimerTable {
    private static final String UPSERT = """
            insert into migration_timer (migration_id, key, due_at)
            values (?, ?, ?)
            on conflict (migration_id, key) do update set due_at = excluded.due_at
            """;

    private static final String DELETE = """
            delete from migration_timer
            where migration_id = ? and key = ?
            """;

    private static final String DELETE_ALL = """
            delete from migration_timer
            where migration_id = ?
            """;

    private static final String DUE = """
            select key
            from migration_timer
            where migration_id = ? and due_at <= ?
            order by due_at, key
            """;

    private static final String WITH_DUE = """
            select migration_id
            from migration_timer
            where due_at <= ?
            group by migration_id
            order by min(due_at)
            limit ?
            """;

    private static final String NEXT = """
            select due_at
            from migration_timer
            order by due_at
            limit 1
            """;

    private TimerTable() {}

    static void upsert(Connection connection, MigrationId migration, List<Alarm> alarms) throws SQLException {
        try (var upsert = connection.prepareStatement(UPSERT)) {
            for (Alarm alarm : alarms) {
                upsert.setString(1, migration.value());
                upsert.setString(2, TimerKeyText.write(alarm.key()));
                Sql.set(upsert, 3, alarm.dueAt());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    static void delete(Connection connection, MigrationId migration, TimerKey key) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, migration.value());
            delete.setString(2, TimerKeyText.write(key));
            delete.executeUpdate();
        }
    }

    static void deleteAll(Connection connection, MigrationId migration) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE_ALL)) {
            delete.setString(1, migration.value());
            delete.executeUpdate();
        }
    }

    static List<TimerKey> due(Connection connection, MigrationId migration, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(DUE)) {
            select.setString(1, migration.value());
            Sql.set(select, 2, now);
            return Sql.all(select, row -> TimerKeyText.read(row.getString("key")));
        }
    }

    static List<MigrationId> withDue(Connection connection, Instant now, int limit) throws SQLException {
        try (var select = connection.prepareStatement(WITH_DUE)) {
            Sql.set(select, 1, now);
            select.setInt(2, limit);
            return Sql.all(select, row -> new MigrationId(row.getString("migration_id")));
        }
    }

    static Optional<Instant> next(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NEXT)) {
            return Sql.first(select, row -> Sql.instant(row, "due_at"));
        }
    }
}
