package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationLockTest {
    @Test
    void letsAMigrationTakeLongerThanATransactionMayIdle() {
        // Given
        var source = new PGSimpleDataSource();
        source.setUrl(SharedParts.newDatabase());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        source.setOptions("-c idle_in_transaction_session_timeout=5s");
        var settings = Flyway.configure().dataSource(source).locations("classpath:db/slow");
        // When
        new MigrationLock().customize(settings);
        // Then
        assertThat(settings.load().migrate().success).isTrue();
    }
}
