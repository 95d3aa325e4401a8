package dev.hubferry.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Transactions on plain JDBC: what a piece of work writes through its connection stands together or not at all.
 *
 * <p>Isolation is READ COMMITTED. Not to be called inside a JTA transaction.
 */
public final class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);

    private final DataSource dataSource;

    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work with a result. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Work without a result. */
    @FunctionalInterface
    public interface Step {
        void in(Connection connection) throws SQLException;
    }

    /**
     * Commits when {@code work} returns and rolls back when it throws.
     *
     * @throws DatabaseException when the database failed; a failure of the commit itself leaves open whether it happened
     */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollBack(connection, e);
                throw e;
            } finally {
                restoreAutoCommit(connection);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** As {@link #inTransaction}, for work without a result. */
    public void runInTransaction(Step step) {
        var unused = inTransaction(connection -> {
            step.in(connection);
            return true;
        });
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is broken: what broke it is on its way to the caller, and the pool throws it away.
            LOG.debug("a broken connection is given back", e);
        }
    }
}
