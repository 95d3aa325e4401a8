package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.messaging.DatabaseException;
import java.sql.SQLException;

/** Lets a database error pass through a port that knows of none; ends as {@link DatabaseException}. */
final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException sqlException;

    UncheckedSqlException(SQLException cause) {
        super(cause);
        this.sqlException = cause;
    }

    SQLException sqlException() {
        return sqlException;
    }
}
