package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    private static PostgresServer postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void isPostgres17() throws SQLException {
        assertThat(ask("postgres", "show server_version")).startsWith("17.");
    }

    @Test
    void keepsCommittedRowsOverAKill() throws SQLException {
        // Given
        postgres.createDatabase("orders");
        update("orders", "create table t (x int)");
        update("orders", "insert into t values (7)");

        // When
        postgres.kill();
        postgres.restart();

        // Then
        assertThat(ask("orders", "select x from t")).isEqualTo("7");
    }

    @Test
    void switchesFsync() throws SQLException {
        assertThat(ask("postgres", "show fsync")).isEqualTo("off");
        try (PostgresServer durable =
                PostgresServer.start(PostgresServer.Options.defaults().withFsync(true))) {
            try (var connection = durable.dataSource("postgres").getConnection();
                    var rows = connection.createStatement().executeQuery("show fsync")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("on");
            }
        }
    }

    private static void update(String database, String sql) throws SQLException {
        try (var connection = postgres.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String ask(String database, String sql) throws SQLException {
        try (var connection = postgres.dataSource(database).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
