package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.ListQuery;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code migration}: the state of each, and the lock that keeps changes of one apart. */
final class MigrationTable {
    private static final String INSERT = """
            insert into migration (id, name, definition, status, state, last_event, created_at, updated_at)
            values (?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private static final String UPDATE = """
            update migration
            set status = ?, state = ?::jsonb, last_event = last_event + ?, row_version = row_version + 1, updated_at = ?
            where id = ?
            returning last_event
            """;

    private static final String FIND = """
            select state
            from migration
            where id = ?
            """;

    private static final String LOCK = FIND + "for update";

    private static final String LOCK_UNLESS_HELD = LOCK + " skip locked";

    private static final String NEWEST = """
            select state
            from migration
            order by created_at desc, id desc
            limit ?
            """;

    private static final String NEWEST_BEFORE = """
            select state
            from migration
            where (created_at, id) < (select created_at, id from migration where id = ?)
            order by created_at desc, id desc
            limit ?
            """;

    private MigrationTable() {}

    /** @param events how many events the migration begins with */
    static void insert(Connection connection, SagaState state, int events, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, state.subject().migration().value());
            insert.setString(2, state.subject().spec().name());
            insert.setString(3, state.subject().definition());
            insert.setString(4, status(state));
            insert.setString(5, StateJson.write(state));
            insert.setInt(6, events);
            Sql.set(insert, 7, now);
            Sql.set(insert, 8, now);
            insert.executeUpdate();
        }
    }

    /**
     * Saves a state; returns the number of the migration's last event.
     *
     * @param events how many come with it
     */
    static long update(Connection connection, SagaState state, int events, Instant now) throws SQLException {
        MigrationId migration = state.subject().migration();
        try (var update = connection.prepareStatement(UPDATE)) {
            update.setString(1, status(state));
            update.setString(2, StateJson.write(state));
            update.setInt(3, events);
            Sql.set(update, 4, now);
            update.setString(5, migration.value());
            return Sql.first(update, row -> row.getLong("last_event"))
                    .orElseThrow(() -> new IllegalStateException("migration " + migration + " is gone"));
        }
    }

    static Optional<SagaState> find(Connection connection, MigrationId migration) throws SQLException {
        return one(connection, FIND, migration);
    }

    static Optional<SagaState> lock(Connection connection, MigrationId migration) throws SQLException {
        return one(connection, LOCK, migration);
    }

    static Optional<SagaState> lockUnlessHeld(Connection connection, MigrationId migration) throws SQLException {
        return one(connection, LOCK_UNLESS_HELD, migration);
    }

    static List<SagaState> list(Connection connection, ListQuery query) throws SQLException {
        try (var select = connection.prepareStatement(query.before().isPresent() ? NEWEST_BEFORE : NEWEST)) {
            int parameter = 1;
            if (query.before().isPresent()) {
                select.setString(parameter++, query.before().get().value());
            }
            select.setInt(parameter, query.limit());
            return Sql.all(select, MigrationTable::state);
        }
    }

    private static Optional<SagaState> one(Connection connection, String sql, MigrationId migration)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, migration.value());
            return Sql.first(select, MigrationTable::state);
        }
    }

    private static SagaState state(ResultSet row) throws SQLException {
        return StateJson.read(row.getString("state"));
    }

    private static String status(SagaState state) {
        return switch (state) {
            case SagaState.Running _ -> "RUNNING";
            case SagaState.Compensating _ -> "COMPENSATING";
            case SagaState.Completed _ -> "COMPLETED";
            case SagaState.RolledBack _ -> "ROLLED_BACK";
            case SagaState.Parked _ -> "PARKED";
        };
    }
}
