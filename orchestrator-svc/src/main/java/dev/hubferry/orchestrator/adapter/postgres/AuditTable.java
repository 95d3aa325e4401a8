package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import dev.hubferry.orchestrator.saga.MigrationStore.Audit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Table {@code audit}, and the end of each migration's chain in table {@code migration}. */
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

    /** The end beside each entry: one statement sees one state of both. */
    private static final String ALL = """
            select migration_id, seq, at, principal, action, detail, outcome, hash, audit_seq, audit_hash
            from audit
            join migration on migration.id = audit.migration_id
            where migration_id = ?
            order by seq
            """;

    private AuditTable() {}

    /** To be called while the migration's row is locked. */
    static void append(Connection connection, AuditEntry entry) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, entry.fact().migration().value());
            insert.setLong(2, entry.sequence());
            Sql.set(insert, 3, entry.fact().at());
            insert.setString(4, entry.fact().principal());
            insert.setString(5, entry.fact().action());
            insert.setString(6, entry.fact().detail());
            insert.setString(7, entry.fact().outcome());
            insert.setString(8, entry.hash());
            insert.executeUpdate();
        }
        try (var update = connection.prepareStatement(SET_END)) {
            update.setLong(1, entry.sequence());
            update.setString(2, entry.hash());
            update.setString(3, entry.fact().migration().value());
            update.executeUpdate();
        }
    }

    static AuditChain.End end(Connection connection, MigrationId migration) throws SQLException {
        try (var select = connection.prepareStatement(END)) {
            select.setString(1, migration.value());
            return Sql.first(select, AuditTable::end).orElse(AuditChain.End.OF_NONE);
        }
    }

    static Audit all(Connection connection, MigrationId migration) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        AuditChain.End end = AuditChain.End.OF_NONE;
        try (var select = connection.prepareStatement(ALL)) {
            select.setString(1, migration.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                    end = end(rows);
                }
            }
        }
        // Without an entry the join has no row, but the chain may have an end all the same.
        return entries.isEmpty() ? new Audit(entries, end(connection, migration)) : new Audit(entries, end);
    }

    private static AuditChain.End end(ResultSet row) throws SQLException {
        return new AuditChain.End(row.getLong("audit_seq"), row.getString("audit_hash"));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        Fact fact = new Fact(
                new MigrationId(row.getString("migration_id")),
                Sql.instant(row, "at"),
                row.getString("principal"),
                row.getString("action"),
                row.getString("detail"),
                row.getString("outcome"));
        return new AuditEntry(row.getLong("seq"), fact, row.getString("hash"));
    }
}
