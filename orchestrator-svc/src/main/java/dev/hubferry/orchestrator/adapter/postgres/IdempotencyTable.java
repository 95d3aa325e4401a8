package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.MigrationStore.KeyUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Table {@code idempotency}: which request a client's key belongs to. */
final class IdempotencyTable {
    /** Until the transaction ends, over all replicas. */
    private static final String SERIALIZE = """
            select pg_advisory_xact_lock(hashtextextended(format('%s.idempotency %L %L', current_schema(), ?, ?), 0))
            """;

    private static final String FIND = """
            select migration_id, body_hash
            from idempotency
            where key = ? and principal = ?
            """;

    private static final String INSERT = """
            insert into idempotency (key, principal, body_hash, migration_id, created_at)
            values (?, ?, ?, ?, ?)
            """;

    private IdempotencyTable() {}

    /** Waits for other requests with this key. */
    static void serialize(Connection connection, IdempotencyKey key) throws SQLException {
        try (var select = connection.prepareStatement(SERIALIZE)) {
            select.setString(1, key.key());
            select.setString(2, key.principal());
            select.execute();
        }
    }

    static Optional<KeyUse> find(Connection connection, String key, String principal) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setString(1, key);
            select.setString(2, principal);
            return Sql.first(
                    select,
                    row -> new KeyUse(new MigrationId(row.getString("migration_id")), row.getString("body_hash")));
        }
    }

    static void insert(Connection connection, IdempotencyKey key, MigrationId migration, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, key.key());
            insert.setString(2, key.principal());
            insert.setString(3, key.bodyHash());
            insert.setString(4, migration.value());
            Sql.set(insert, 5, now);
            insert.executeUpdate();
        }
    }
}
