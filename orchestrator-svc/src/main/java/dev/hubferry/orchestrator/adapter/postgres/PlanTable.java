package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Table {@code plan_conflict}: what stood in the way of a dry run; and the end of a dry run in all tables. */
final class PlanTable {
    private static final String INSERT = """
            insert into plan_conflict (plan_id, resource, held, held_by)
            select ?, resource, held, held_by
            from unnest(?::text[], ?::text[], ?::text[]) as conflict (resource, held, held_by)
            """;

    private static final String CONFLICTS = """
            select resource, held, held_by
            from plan_conflict
            where plan_id = ?
            order by resource, held
            """;

    /** No plan ends before it was created, which the index is by. */
    private static final String ENDED = """
            select id
            from migration
            where definition like 'plan-hub/%'
              and definition = any (?)
              and created_at < ?
              and updated_at < ?
              and status = 'COMPLETED'
            order by created_at
            limit ?
            for update skip locked
            """;

    private static final List<String> TABLES = List.of(
            "plan_conflict where plan_id",
            "migration_event where migration_id",
            "migration_timer where migration_id",
            "idempotency where migration_id",
            "ignored_event where migration_id",
            "migration where id");

    private PlanTable() {}

    static void insert(Connection connection, MigrationId plan, List<Conflict> held) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, plan.value());
            Sql.setTexts(insert, 2, held, Conflict::resource);
            Sql.setTexts(insert, 3, held, Conflict::held);
            Sql.setTexts(insert, 4, held, conflict -> conflict.by().value());
            insert.executeUpdate();
        }
    }

    static List<Conflict> conflicts(Connection connection, MigrationId plan) throws SQLException {
        try (var select = connection.prepareStatement(CONFLICTS)) {
            select.setString(1, plan.value());
            return Sql.all(
                    select,
                    row -> new Conflict(
                            row.getString("resource"),
                            row.getString("held"),
                            new MigrationId(row.getString("held_by"))));
        }
    }

    /** Locks those that may go, and that nobody else has locked. */
    static List<MigrationId> lockEnded(Connection connection, Instant before, Set<String> known, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(ENDED)) {
            Sql.setTexts(select, 1, known, Function.identity());
            Sql.set(select, 2, before);
            Sql.set(select, 3, before);
            select.setInt(4, limit);
            return Sql.all(select, row -> new MigrationId(row.getString("id")));
        }
    }

    /** All that is kept of plans that were locked. */
    static void delete(Connection connection, Collection<MigrationId> plans) throws SQLException {
        for (String table : TABLES) {
            try (var delete = connection.prepareStatement("delete from " + table + " = any (?)")) {
                Sql.setTexts(delete, 1, plans, MigrationId::value);
                delete.executeUpdate();
            }
        }
    }
}
