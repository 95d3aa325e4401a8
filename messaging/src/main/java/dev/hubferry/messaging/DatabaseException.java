package dev.hubferry.messaging;

import java.sql.SQLException;

/** The database did not do what it was asked; nothing of the transaction stands. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public DatabaseException(SQLException cause) {
        super("the database refused or did not answer (SQLSTATE " + cause.getSQLState() + ")", cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** Whether the data itself is at fault, so that the same statement fails again (SQLSTATE classes 22, 23 and 54). */
    public boolean isAboutTheData() {
        return sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("54");
    }

    /** Whether another transaction was in the way, so that the same statement may succeed at once (classes 23, 40, 55). */
    boolean isConflict() {
        return sqlState.startsWith("23") || sqlState.startsWith("40") || sqlState.startsWith("55");
    }
}
