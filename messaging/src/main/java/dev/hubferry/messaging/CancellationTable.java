package dev.hubferry.messaging;

import dev.hubferry.contracts.Cancel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Table {@code cancellation}: which commands were withdrawn, whether or not they have arrived. */
final class CancellationTable {
    private static final String INSERT = """
            insert into cancellation (command_id, reason)
            values (?, ?)
            on conflict do nothing
            """;

    private CancellationTable() {}

    static void insert(Connection connection, List<Cancel> cancels) throws SQLException {
        if (cancels.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            for (Cancel cancel : cancels) {
                insert.setString(1, cancel.command().value());
                insert.setString(2, cancel.reason());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
