package dev.hubferry.orchestrator.adapter.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The few things that every table needs. */
final class Sql {
    private Sql() {}

    /** Makes a value of the row that the result stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> all(PreparedStatement select, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(row.read(rows));
            }
        }
        return found;
    }

    static <T> Optional<T> first(PreparedStatement select, Row<T> row) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    static void set(PreparedStatement statement, int parameter, Instant value) throws SQLException {
        statement.setObject(parameter, value.atOffset(ZoneOffset.UTC));
    }

    /** A column of many rows, for {@code unnest(?::text[])}. */
    static <T> void setTexts(
            PreparedStatement statement, int parameter, Collection<T> rows, Function<? super T, String> column)
            throws SQLException {
        // An array of its own type, not of objects: only that travels in binary.
        String[] values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", values));
    }

    /** A column of many rows, for {@code unnest(?::bigint[])}. */
    static <T> void setNumbers(
            PreparedStatement statement, int parameter, Collection<T> rows, Function<? super T, Long> column)
            throws SQLException {
        Long[] values = rows.stream().map(column).toArray(Long[]::new);
        statement.setArray(parameter, statement.getConnection().createArrayOf("bigint", values));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
