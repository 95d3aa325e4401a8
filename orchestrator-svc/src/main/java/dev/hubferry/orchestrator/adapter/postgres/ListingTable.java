package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Table {@code migration_listing}, filled by a trigger: what of a migration never changes and can be looked for. */
final class ListingTable {
    private static final String LISTED = """
            select migration.id, migration.name, definition, status, created_at, state
            from migration_listing as listed
            join migration on migration.id = listed.migration_id
            """;

    /**
     * Only of those that are running and were ever at a gate (their timers stay until the end) a state is looked into: no other column
     * tells, and one that newer replicas wrote and older ones did not would be wrong.
     */
    private static final String WAITING = """
            (status = 'RUNNING'
                and case when exists (select from migration_timer as timer where timer.migration_id = id and key like 'gate/%')
                    then jsonb_path_exists(state::jsonb, '$.ledger.gates.*.state ? (@ == "waiting")')
                    else false
                end)
            """;

    private ListingTable() {}

    /** A part of the query that is true for those that are wanted, and its parameter. */
    private record Condition(String sql, Setter setter) {
        static Condition equal(String column, String value) {
            return new Condition(column + " = ?", text(value));
        }
    }

    /** Sets the parameters from one place on; gives the next place. */
    @FunctionalInterface
    private interface Setter {
        int set(PreparedStatement statement, int first) throws SQLException;
    }

    /** @param known definitions: of what is on others no state is read */
    static List<Kept> list(Connection connection, ListQuery query, Set<String> known) throws SQLException {
        List<Condition> conditions = conditions(query);
        try (var select = connection.prepareStatement(sql(query, conditions))) {
            int parameter = 1;
            for (Condition condition : conditions) {
                parameter = condition.setter().set(select, parameter);
            }
            select.setInt(parameter, query.limit());
            return Sql.all(select, row -> MigrationTable.kept(row, known));
        }
    }

    private static String sql(ListQuery query, List<Condition> conditions) {
        String where = conditions.isEmpty()
                ? ""
                : "where " + conditions.stream().map(Condition::sql).collect(Collectors.joining(" and "));
        String direction = query.sort().descending() ? "desc" : "asc";
        return "%s %s order by %s %s, listed.migration_id %s limit ?"
                .formatted(LISTED, where, column(query.sort().key()), direction, direction);
    }

    private static List<Condition> conditions(ListQuery query) {
        ListQuery.Filter filter = query.filter();
        List<Condition> conditions = new ArrayList<>();
        query.after().ifPresent(after -> conditions.add(new Condition(behind(query.sort()), text(after.value()))));
        if (!filter.statuses().isEmpty()) {
            conditions.add(new Condition("status = any (?)", (statement, parameter) -> {
                Sql.setTexts(statement, parameter, filter.statuses(), Function.identity());
                return parameter + 1;
            }));
        }
        add(
                conditions,
                filter.name(),
                part -> new Condition("position(lower(?) in lower(listed.name)) > 0", text(part)));
        add(conditions, filter.sourceCluster(), cluster -> Condition.equal("source_cluster", cluster));
        add(conditions, filter.targetCluster(), cluster -> Condition.equal("target_cluster", cluster));
        add(
                conditions,
                filter.namespace(),
                namespace -> new Condition("? in (source_namespace, target_namespace)", text(namespace)));
        add(conditions, filter.zone(), zone -> Condition.equal("zone", zone));
        add(conditions, filter.requestedBy(), who -> Condition.equal("requested_by collate \"C\"", who));
        add(conditions, filter.requestedAfter(), from -> new Condition("requested_at >= ?", time(from)));
        add(conditions, filter.requestedBefore(), until -> new Condition("requested_at < ?", time(until)));
        add(
                conditions,
                filter.waiting(),
                waiting -> new Condition(waiting ? WAITING : "not " + WAITING, (_, parameter) -> parameter));
        return conditions;
    }

    private static <T> void add(List<Condition> conditions, Optional<T> wanted, Function<T, Condition> condition) {
        wanted.map(condition).ifPresent(conditions::add);
    }

    private static String behind(ListQuery.Sort sort) {
        String column = column(sort.key());
        return """
                (%1$s, listed.migration_id) %2$s
                    (select %1$s, listed.migration_id from migration_listing as listed where listed.migration_id = ?)
                """.formatted(column, sort.descending() ? "<" : ">");
    }

    private static String column(ListQuery.Key key) {
        return switch (key) {
            case REQUESTED_AT -> "listed.requested_at";
            case NAME -> "lower(listed.name) collate \"C\"";
            case REQUESTED_BY -> "listed.requested_by collate \"C\"";
        };
    }

    private static Setter text(String value) {
        return (statement, parameter) -> {
            statement.setString(parameter, value);
            return parameter + 1;
        };
    }

    private static Setter time(Instant value) {
        return (statement, parameter) -> {
            Sql.set(statement, parameter, value);
            return parameter + 1;
        };
    }
}
