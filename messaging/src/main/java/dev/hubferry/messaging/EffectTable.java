package dev.hubferry.messaging;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Table {@code effect}: per migration and effect, what was there before it. */
final class EffectTable {
    private static final String INSERT = """
            insert into effect (migration_id, effect, before_json, command_id, epoch)
            values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String SELECT = """
            select before_json
            from effect
            where migration_id = ? and effect = ?
            """;

    private static final String DELETE = """
            delete from effect
            where migration_id = ? and effect = ?
            """;

    private EffectTable() {}

    /** @param command who is about to make the change, for people who read the table */
    record Effect(MigrationId migration, String name, String beforeJson, MessageId command, long epoch) {}

    /** Does nothing when the effect is recorded already. */
    static void insert(Connection connection, Effect effect) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, effect.migration().value());
            insert.setString(2, effect.name());
            insert.setString(3, effect.beforeJson());
            insert.setString(4, effect.command().value());
            insert.setLong(5, effect.epoch());
            insert.executeUpdate();
        }
    }

    static Optional<String> find(Connection connection, MigrationId migration, String effect) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, migration.value());
            select.setString(2, effect);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    static void delete(Connection connection, MigrationId migration, String effect) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, migration.value());
            delete.setString(2, effect);
            delete.executeUpdate();
        }
    }
}
