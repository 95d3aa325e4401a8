package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.Resources;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Table {@code migration_lock}: hubs, home directories and names that belong to a migration. */
final class LockTable {
    /**
     * Locks resources for itself and what holds them together with others, over all replicas, until the transaction ends; always in one
     * order, so that nobody waits for each other in a ring.
     */
    private static final String SERIALIZE = """
            with wanted as materialized (
                select hashtextextended(current_schema() || '.migration_lock ' || resource, 0) as lock, bool_or(resource = any (?)) as alone
                from unnest(?::text[]) as named (resource)
                group by lock
                order by lock
            )
            select case when alone then pg_advisory_xact_lock(lock) else pg_advisory_xact_lock_shared(lock) end
            from wanted
            """;

    /** Locks on what is wanted and on what holds that, and locks on what is below it: '0' follows '/'. */
    private static final String IN_THE_WAY = """
            select resource, migration_id
            from migration_lock
            where resource = any (?)
            union
            select held.resource, held.migration_id
            from unnest(?::text[]) as wanted (resource)
            join migration_lock held
                on held.resource collate "C" > wanted.resource || '/' and held.resource collate "C" < wanted.resource || '0'
            order by resource
            """;

    private static final String INSERT = """
            insert into migration_lock (resource, migration_id)
            values (?, ?)
            """;

    private static final String DELETE = """
            delete from migration_lock
            where migration_id = any (?)
            """;

    private LockTable() {}

    private record Held(String resource, MigrationId by) {}

    /** Waits for other requests for these resources, for what holds one of them, and for what is in one of them. */
    static void serialize(Connection connection, Set<String> resources) throws SQLException {
        try (var select = connection.prepareStatement(SERIALIZE)) {
            Sql.setTexts(select, 1, resources, resource -> resource);
            Sql.setTexts(select, 2, Resources.withHolders(resources), resource -> resource);
            select.execute();
        }
    }

    static List<Conflict> conflicts(Connection connection, Set<String> resources) throws SQLException {
        try (var select = connection.prepareStatement(IN_THE_WAY)) {
            Sql.setTexts(select, 1, Resources.withHolders(resources), resource -> resource);
            Sql.setTexts(select, 2, resources, resource -> resource);
            List<Held> held = Sql.all(
                    select, row -> new Held(row.getString("resource"), new MigrationId(row.getString("migration_id"))));
            return held.stream()
                    .flatMap(lock -> resources.stream()
                            .filter(wanted -> Resources.overlap(wanted, lock.resource()))
                            .map(wanted -> new Conflict(wanted, lock.resource(), lock.by())))
                    .toList();
        }
    }

    static void insert(Connection connection, MigrationId migration, Set<String> resources) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            for (String resource : resources) {
                insert.setString(1, resource);
                insert.setString(2, migration.value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void release(Connection connection, Collection<MigrationId> migrations) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            Sql.setTexts(delete, 1, migrations, MigrationId::value);
            delete.executeUpdate();
        }
    }
}
