package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

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

    /** As when a demo is ended by Ctrl-C and its world is being closed at the same time. */
    @Test
    void endsWhileNoThreadOfTheCommonPoolIsFree() {
        // Given
        PostgresServer server = PostgresServer.start();
        CountDownLatch ended = new CountDownLatch(1);
        int threads = ForkJoinPool.commonPool().getParallelism();
        CountDownLatch busy = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                busy.countDown();
                waitFor(ended);
            });
        }
        waitFor(busy);

        try {
            // When
            assertTimeoutPreemptively(LIMIT, server::close);

            // Then
            assertThat(server.pid()).isZero();
        } finally {
            ended.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds() * 2, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
