package dev.hubferry.bench;

import dev.hubferry.testbed.PostgresServer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What the database has done so far, by its own count. */
record DatabaseWork(Map<String, Long> counts) {
    static final String COMMITS = "commits";
    static final String ROLLBACKS = "rollbacks";
    static final String ROWS = "rowsWritten";
    static final String WAL_BYTES = "walBytes";
    static final String SYNCS = "walSyncs";

    private static final String SELECT = """
            select xact_commit as commits, xact_rollback as rollbacks,
                   tup_inserted + tup_updated + tup_deleted as rows_written,
                   wal_bytes::bigint as wal_bytes, wal_sync as wal_syncs
            from pg_stat_database, pg_stat_wal
            where datname = ?
            """;

    static DatabaseWork of(PostgresServer postgres, String database) {
        try (var connection = postgres.dataSource(database).getConnection();
                var select = connection.prepareStatement(SELECT)) {
            select.setString(1, database);
            try (var rows = select.executeQuery()) {
                rows.next();
                return new DatabaseWork(Map.of(
                        COMMITS, rows.getLong("commits"),
                        ROLLBACKS, rows.getLong("rollbacks"),
                        ROWS, rows.getLong("rows_written"),
                        WAL_BYTES, rows.getLong("wal_bytes"),
                        SYNCS, rows.getLong("wal_syncs")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be asked what it has done", e);
        }
    }

    Map<String, Long> since(DatabaseWork earlier) {
        Map<String, Long> difference = new HashMap<>();
        counts.forEach((name, now) -> difference.put(name, now - earlier.counts.getOrDefault(name, 0L)));
        return difference;
    }
}
