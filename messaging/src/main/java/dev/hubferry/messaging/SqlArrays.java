package dev.hubferry.messaging;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/** Columns of many rows as parameters, for {@code unnest}. */
final class SqlArrays {
    private SqlArrays() {}

    /** For {@code ?::text[]}. */
    static <T> void setTexts(
            PreparedStatement statement, int parameter, Collection<T> rows, Function<? super T, String> column)
            throws SQLException {
        // An array of its own type, not of objects: only that travels in binary.
        String[] values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", values));
    }

    /** For {@code ?::bigint[]}. */
    static <T> void setNumbers(
            PreparedStatement statement, int parameter, Collection<T> rows, Function<? super T, Long> column)
            throws SQLException {
        Long[] values = rows.stream().map(column).toArray(Long[]::new);
        statement.setArray(parameter, statement.getConnection().createArrayOf("bigint", values));
    }
}
