package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import dev.hubferry.orchestrator.saga.AuditScope;
import dev.hubferry.orchestrator.saga.MigrationStore.Audit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Table {@code audit}, and the ends of chains: a migration's in table {@code migration}, that of requests in {@code audit_of_requests}. */
final class AuditTable {
    private static final String INSERT = """
            insert into audit (migration_id, seq, at, principal, action, detail, outcome, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SET_END = """
            update migration
            set audit_seq = ?, audit_hash = ?
            where id = ?
            """;

    private static final String END = """
            select audit_seq, audit_hash
            from migration
            where id = ?
            """;

    private static final String SET_END_OF_REQUESTS = """
            update audit_of_requests
            set seq = ?, hash = ?
            """;

    private static final String END_OF_REQUESTS = """
            select seq as audit_seq, hash as audit_hash
            from audit_of_requests
            """;

    private static final String HAS = """
            select 1
            from audit
            where migration_id = ? and principal = ? and action = ? and outcome = ? and at >= ?
            limit 1
            """;

    private static final String OF_REQUESTS = """
            select migration_id, audit.seq, at, principal, action, detail, outcome, audit.hash,
                audit_of_requests.seq as audit_seq, audit_of_requests.hash as audit_hash
            from audit
            cross join audit_of_requests
            where migration_id = '*'
            order by audit.seq
            """;

    /** The end beside each entry: one statement sees one state of both. */
    private static final String ALL = """
            select migration_id, seq, at, principal, action, detail, outcome, hash, audit_seq, audit_hash
            from audit
            join migration on migration.id = audit.migration_id
            where migration_id = ?
            order by seq
            """;

    private AuditTable() {}

    /** To be called while the row with the end is locked. */
    static void append(Connection connection, AuditEntry entry) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, entry.fact().scope().key());
            insert.setLong(2, entry.sequence());
            Sql.set(insert, 3, entry.fact().at());
            insert.setString(4, entry.fact().principal());
            insert.setString(5, entry.fact().action());
            insert.setString(6, entry.fact().detail());
            insert.setString(7, entry.fact().outcome());
            insert.setString(8, entry.hash());
            insert.executeUpdate();
        }
        switch (entry.fact().scope()) {
            case AuditScope.OfMigration(MigrationId migration) -> setEnd(connection, SET_END, entry, migration.value());
            case AuditScope.OfRequests _ -> setEnd(connection, SET_END_OF_REQUESTS, entry);
        }
    }

    private static void setEnd(Connection connection, String sql, AuditEntry entry, String... of) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            update.setLong(1, entry.sequence());
            update.setString(2, entry.hash());
            for (int i = 0; i < of.length; i++) {
                update.setString(3 + i, of[i]);
            }
            update.executeUpdate();
        }
    }

    static AuditChain.End end(Connection connection, AuditScope scope) throws SQLException {
        return switch (scope) {
            case AuditScope.OfMigration(MigrationId migration) -> end(connection, END, migration.value());
            case AuditScope.OfRequests _ -> end(connection, END_OF_REQUESTS);
        };
    }

    private static AuditChain.End end(Connection connection, String sql, String... of) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < of.length; i++) {
                select.setString(1 + i, of[i]);
            }
            return Sql.first(select, AuditTable::end).orElse(AuditChain.End.OF_NONE);
        }
    }

    /** Whether the same person was refused the same for the same reason. */
    static boolean has(Connection connection, Fact fact, Instant since) throws SQLException {
        try (var select = connection.prepareStatement(HAS)) {
            select.setString(1, fact.scope().key());
            select.setString(2, fact.principal());
            select.setString(3, fact.action());
            select.setString(4, fact.outcome());
            Sql.set(select, 5, since);
            return Sql.first(select, _ -> true).orElse(false);
        }
    }

    static void lockRequests(Connection connection) throws SQLException {
        var unused = end(connection, END_OF_REQUESTS + "for update");
    }

    static Audit all(Connection connection, MigrationId migration) throws SQLException {
        return all(connection, new AuditScope.OfMigration(migration), ALL, migration.value());
    }

    static Audit ofRequests(Connection connection) throws SQLException {
        return all(connection, new AuditScope.OfRequests(), OF_REQUESTS);
    }

    private static Audit all(Connection connection, AuditScope scope, String sql, String... of) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        AuditChain.End end = AuditChain.End.OF_NONE;
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < of.length; i++) {
                select.setString(1 + i, of[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                    end = end(rows);
                }
            }
        }
        // Without an entry the join has no row, but the chain may have an end all the same.
        return entries.isEmpty() ? new Audit(entries, end(connection, scope)) : new Audit(entries, end);
    }

    private static AuditChain.End end(ResultSet row) throws SQLException {
        return new AuditChain.End(row.getLong("audit_seq"), row.getString("audit_hash"));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        Fact fact = new Fact(
                AuditScope.ofKey(row.getString("migration_id")),
                Sql.instant(row, "at"),
                row.getString("principal"),
                row.getString("action"),
                row.getString("detail"),
                row.getString("outcome"));
        return new AuditEntry(row.getLong("seq"), fact, row.getString("hash"));
    }
}
