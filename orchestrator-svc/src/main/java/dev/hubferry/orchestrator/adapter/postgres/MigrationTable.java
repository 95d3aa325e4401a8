package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.trace.TraceParent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Table {@code migration}: the state of each, and the lock that keeps changes of one apart. */
final class MigrationTable {
    private static final String INSERT = """
            insert into migration (id, name, definition, status, state, last_event, created_at, updated_at, trace_parent)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Differs after every write of the row, whoever made it. */
    private static final String VERSION = """
            row_version || '/' || migration.xmin || '/' || migration.ctid as version
            """;

    private static final String UPDATE = """
            update migration
            set status = saved.status,
                state = saved.state,
                last_event = last_event + saved.events,
                row_version = row_version + 1,
                updated_at = saved.at::timestamptz
            from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[]) as saved (id, status, state, events, at)
            where migration.id = saved.id
            returning migration.id, last_event, trace_parent,
            """ + VERSION;

    private static final String KEPT = """
            select id, name, definition, status, created_at, state
            from migration
            """;

    private static final String FIND = KEPT + """
            where id = ?
            """;

    private static final String LOOK = """
            select id, name, definition, status, created_at, state, last_event
            from migration
            where id = ?
            """;

    private static final String NOT_OURS = KEPT + """
            where id = any (?) and not definition = any (?)
            """;

    private static final String STATES = """
            select state
            from migration
            where id = any (?)
            """;

    /** In the order of their ids, so that two who lock many do not wait for each other in a ring. */
    private static final String LOCK = "select id, " + VERSION + """
            from migration
            where id = any (?) and definition = any (?)
            order by id
            for update
            """;

    private static final String LOCK_FREE = LOCK + " skip locked";

    private MigrationTable() {}

    /**
     * @param events how many events the migration begins with
     * @param trace where it was requested
     */
    static void insert(Connection connection, SagaState state, int events, Instant now, Optional<TraceParent> trace)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, state.subject().migration().value());
            insert.setString(2, state.subject().spec().name());
            insert.setString(3, state.subject().definition());
            insert.setString(4, status(state));
            insert.setString(5, StateJson.write(state));
            insert.setInt(6, events);
            Sql.set(insert, 7, now);
            Sql.set(insert, 8, now);
            insert.setString(9, trace.map(TraceParent::header).orElse(null));
            insert.executeUpdate();
        }
    }

    /**
     * The state that a migration has from now on.
     *
     * @param events how many come with it
     */
    record Saved(SagaState state, int events, Instant at) {
        MigrationId migration() {
            return state.subject().migration();
        }

        /** A later one takes its place. */
        Saved then(Saved later) {
            return new Saved(later.state, events + later.events, later.at);
        }
    }

    /**
     * A row as it is now.
     *
     * @param lastEvent number of the migration's last event
     * @param trace where it was requested
     */
    record Written(long lastEvent, String version, Optional<TraceParent> trace) {}

    /** Saves states of different migrations, whose rows must be locked. */
    static Map<MigrationId, Written> update(Connection connection, Collection<Saved> states) throws SQLException {
        Map<MigrationId, Written> written = new HashMap<>();
        try (var update = connection.prepareStatement(UPDATE)) {
            Sql.setTexts(update, 1, states, saved -> saved.migration().value());
            Sql.setTexts(update, 2, states, saved -> status(saved.state()));
            Sql.setTexts(update, 3, states, saved -> StateJson.write(saved.state()));
            Sql.setNumbers(update, 4, states, saved -> (long) saved.events());
            Sql.setTexts(update, 5, states, saved -> saved.at().toString());
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    written.put(
                            new MigrationId(rows.getString("id")),
                            new Written(
                                    rows.getLong("last_event"),
                                    rows.getString("version"),
                                    TraceParent.parse(rows.getString("trace_parent"))));
                }
            }
        }
        if (written.size() < states.size()) {
            throw new IllegalStateException(
                    "of " + states.size() + " migrations only these are there: " + written.keySet());
        }
        return written;
    }

    /** @param known definitions: of what is on others no state is read */
    static Optional<Kept> find(Connection connection, MigrationId migration, Set<String> known) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setString(1, migration.value());
            return Sql.first(select, row -> kept(row, known));
        }
    }

    static Optional<MigrationStore.Look> look(Connection connection, MigrationId migration, Set<String> known)
            throws SQLException {
        try (var select = connection.prepareStatement(LOOK)) {
            select.setString(1, migration.value());
            return Sql.first(select, row -> new MigrationStore.Look(kept(row, known), row.getLong("last_event")));
        }
    }

    /** Those that are there, on definitions that are not known. */
    static List<Kept.NotOurs> notOurs(Connection connection, Collection<MigrationId> migrations, Set<String> known)
            throws SQLException {
        try (var select = connection.prepareStatement(NOT_OURS)) {
            Sql.setTexts(select, 1, migrations, MigrationId::value);
            Sql.setTexts(select, 2, known, Function.identity());
            return Sql.all(select, MigrationTable::notOurs);
        }
    }

    /** Locks rows with known definitions, and waits for whoever has them locked; the versions of those that are there. */
    static Map<MigrationId, String> lock(Connection connection, Collection<MigrationId> migrations, Set<String> known)
            throws SQLException {
        return lock(connection, LOCK, migrations, known);
    }

    /** Locks those rows with known definitions that nobody else has locked. */
    static Map<MigrationId, String> lockFree(
            Connection connection, Collection<MigrationId> migrations, Set<String> known) throws SQLException {
        return lock(connection, LOCK_FREE, migrations, known);
    }

    private static Map<MigrationId, String> lock(
            Connection connection, String sql, Collection<MigrationId> migrations, Set<String> known)
            throws SQLException {
        Map<MigrationId, String> versions = new HashMap<>();
        try (var select = connection.prepareStatement(sql)) {
            Sql.setTexts(select, 1, migrations, MigrationId::value);
            Sql.setTexts(select, 2, known, Function.identity());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.put(new MigrationId(rows.getString("id")), rows.getString("version"));
                }
            }
        }
        return versions;
    }

    /** Of rows that were locked. */
    static List<SagaState> states(Connection connection, Collection<MigrationId> migrations) throws SQLException {
        try (var select = connection.prepareStatement(STATES)) {
            Sql.setTexts(select, 1, migrations, MigrationId::value);
            return Sql.all(select, MigrationTable::state);
        }
    }

    /** @param known definitions: of what is on others no state is read */
    static Kept kept(ResultSet row, Set<String> known) throws SQLException {
        return known.contains(row.getString("definition")) ? new Kept.Ours(state(row)) : notOurs(row);
    }

    private static Kept.NotOurs notOurs(ResultSet row) throws SQLException {
        return new Kept.NotOurs(
                new MigrationId(row.getString("id")),
                row.getString("name"),
                row.getString("definition"),
                row.getString("status"),
                Sql.instant(row, "created_at"));
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
