package dev.hubferry.orchestrator.adapter.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Table {@code migration_timer}: times that sagas wait for; changed only by who holds the migration's lock. */
final class TimerTable {
    private static final String UPSERT = """
            insert into migration_timer (migration_id, key, due_at)
            select migration_id, key, due_at::timestamptz
            from unnest(?::text[], ?::text[], ?::text[]) as timer (migration_id, key, due_at)
            on conflict (migration_id, key) do update set due_at = excluded.due_at
            """;

    private static final String DELETE = """
            delete from migration_timer
            using unnest(?::text[], ?::text[]) as dropped (migration_id, key)
            where migration_timer.migration_id = dropped.migration_id and migration_timer.key = dropped.key
            """;

    private static final String DELETE_ALL = """
            delete from migration_timer
            where migration_id = any (?)
            """;

    private static final String DUE = """
            select migration_id, key
            from migration_timer
            where migration_id = any (?) and due_at <= ?
            order by due_at, key
            """;

    private static final String WITH_DUE = """
            select migration_id
            from migration_timer
            join migration on migration.id = migration_id
            where due_at <= ? and definition = any (?)
            group by migration_id
            order by min(due_at)
            limit ?
            """;

    private static final String NEXT = """
            select due_at
            from migration_timer
            join migration on migration.id = migration_id
            where definition = any (?)
            order by due_at
            limit 1
            """;

    private TimerTable() {}

    /** Whose timer it is, and what for. */
    record Owned(MigrationId migration, TimerKey key) {
        private String text() {
            return TimerKeyText.write(key);
        }
    }

    static void upsert(Connection connection, Map<Owned, Instant> dueTimes) throws SQLException {
        try (var upsert = connection.prepareStatement(UPSERT)) {
            var timers = dueTimes.entrySet();
            Sql.setTexts(upsert, 1, timers, timer -> timer.getKey().migration().value());
            Sql.setTexts(upsert, 2, timers, timer -> timer.getKey().text());
            Sql.setTexts(upsert, 3, timers, timer -> timer.getValue().toString());
            upsert.executeUpdate();
        }
    }

    static void delete(Connection connection, Collection<Owned> timers) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            Sql.setTexts(delete, 1, timers, timer -> timer.migration().value());
            Sql.setTexts(delete, 2, timers, Owned::text);
            delete.executeUpdate();
        }
    }

    static void deleteAll(Connection connection, Collection<MigrationId> migrations) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE_ALL)) {
            Sql.setTexts(delete, 1, migrations, MigrationId::value);
            delete.executeUpdate();
        }
    }

    /** Of each of the migrations that has any, earliest first. */
    static Map<MigrationId, List<TimerKey>> due(Connection connection, Collection<MigrationId> migrations, Instant now)
            throws SQLException {
        try (var select = connection.prepareStatement(DUE)) {
            Sql.setTexts(select, 1, migrations, MigrationId::value);
            Sql.set(select, 2, now);
            List<Owned> due = Sql.all(
                    select,
                    row -> new Owned(
                            new MigrationId(row.getString("migration_id")), TimerKeyText.read(row.getString("key"))));
            return due.stream().collect(groupingBy(Owned::migration, mapping(Owned::key, toList())));
        }
    }

    /** Those on known definitions. */
    static List<MigrationId> withDue(Connection connection, Instant now, Set<String> known, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(WITH_DUE)) {
            Sql.set(select, 1, now);
            Sql.setTexts(select, 2, known, Function.identity());
            select.setInt(3, limit);
            return Sql.all(select, row -> new MigrationId(row.getString("migration_id")));
        }
    }

    /** Of migrations on known definitions. */
    static Optional<Instant> next(Connection connection, Set<String> known) throws SQLException {
        try (var select = connection.prepareStatement(NEXT)) {
            Sql.setTexts(select, 1, known, Function.identity());
            return Sql.first(select, row -> Sql.instant(row, "due_at"));
        }
    }
}
