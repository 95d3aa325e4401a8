package dev.hubferry.dns.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Table {@code api_call}: when each account's calls of the last day were made. */
final class ApiCallTable {

    private static final String LOCK = """
            select pg_advisory_xact_lock(hashtextextended('api_call:' || ?, 0))
            """;

    private static final String NTH_LATEST = """
            select at
            from api_call
            where account = ?
            order by at desc
            offset ? limit 1
            """;

    private static final String INSERT = """
            insert into api_call (account, at)
            values (?, ?)
            """;

    private static final String DELETE = """
            delete from api_call
            where account = ? and at <= ?
            """;

    private ApiCallTable() {}

    /** Until the transaction ends nobody else counts calls of this account. */
    static void lock(Connection connection, String account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOCK)) {
            select.setString(1, account);
            select.execute();
        }
    }

    /** When the {@code n}th call from the latest was made, counting from 1; empty when there were fewer. */
    static Optional<Instant> nthLatest(Connection connection, String account, int n) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NTH_LATEST)) {
            select.setString(1, account);
            select.setInt(2, n - 1);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    static void insert(Connection connection, String account, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, account);
            insert.setObject(2, at.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    static void deleteUntil(Connection connection, String account, Instant end) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, account);
            delete.setObject(2, end.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        }
    }
}
