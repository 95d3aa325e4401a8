package dev.hubferry.messaging;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Refuses to start with settings under which a suspended replica would hold up the others. */
final class StartCheck {
    private static final String IDLE_LIMIT = """
            select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval) * 1000
            """;

    private final Transactions transactions;
    private final MessagingConfig config;

    StartCheck(Transactions transactions, MessagingConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    /** @throws IllegalStateException saying which setting is wrong, and what it should be */
    void run() {
        if (config.heartbeat().multipliedBy(2).compareTo(config.lease()) > 0) {
            throw new IllegalStateException("hubferry.messaging.heartbeat (" + config.heartbeat()
                    + ") must be at most half of hubferry.messaging.lease (" + config.lease() + ")");
        }
        Duration idleLimit = transactions.inTransaction(StartCheck::idleLimit);
        if (idleLimit.isZero() || idleLimit.compareTo(config.lease()) > 0) {
            throw new IllegalStateException(
                    "database sessions must end when a transaction idles longer than a lease, or a suspended process keeps its locks: "
                            + "set quarkus.datasource.jdbc.new-connection-sql=set idle_in_transaction_session_timeout = '5s'");
        }
    }

    private static Duration idleLimit(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(IDLE_LIMIT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return Duration.ofMillis(row.getLong(1));
        }
    }
}
