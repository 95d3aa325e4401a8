package dev.hubferry.messaging;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Refuses to start when the database does not let the service in, or does not allow it tables in its own schema. */
final class DatabaseCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseCheck.class);

    /** Whether tables may be made in the schema, or the schema itself where there is none yet. */
    private static final String MAY_MAKE_TABLES = """
            select coalesce((select has_schema_privilege(oid, 'create') from pg_namespace where nspname = ?),
                            has_database_privilege(current_database(), 'create')),
                   current_user, current_database()
            """;

    private final String url;
    private final String user;

    /**
     * @param url the setting quarkus.datasource.jdbc.url
     * @param user the setting quarkus.datasource.username
     */
    DatabaseCheck(String url, String user) {
        this.url = url;
        this.user = user;
    }

    /** @throws IllegalStateException saying what is wrong, where, and what to do */
    void run(DataSource dataSource, String... schemas) {
        try (Connection connection = dataSource.getConnection()) {
            for (String schema : schemas) {
                look(connection, schema);
            }
        } catch (SQLException e) {
            throw refused(DatabaseTrouble.of(e, url, user), e);
        }
    }

    private void look(Connection connection, String schema) throws SQLException {
        try (var select = connection.prepareStatement(MAY_MAKE_TABLES)) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    String reason = "the role %s may make no tables in the schema %s of the database %s"
                            .formatted(row.getString(2), schema, row.getString(3));
                    throw new SQLException(reason, "42501");
                }
            }
        }
    }

    private static IllegalStateException refused(String why, SQLException cause) {
        LOG.error(why);
        return new IllegalStateException(why, cause);
    }
}
