package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class StartCheckTest {
    @Test
    void refusesSessionsThatMayIdleForEver() {
        // Given
        var source = new PGSimpleDataSource();
        source.setUrl(SharedParts.newDatabase());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        StartCheck check = new StartCheck(new Transactions(source), MessagingConfigTest.config(Map.of()));
        // Then
        assertThatThrownBy(check::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("idle_in_transaction_session_timeout");
    }

    @Test
    void refusesAHeartbeatThatIsTooSlowForTheLease() {
        // Given
        StartCheck check = new StartCheck(
                TestDatabase.create().transactions(),
                MessagingConfigTest.config(Map.of("hubferry.messaging.heartbeat", "PT4S")));
        // Then
        assertThatThrownBy(check::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hubferry.messaging.heartbeat (PT4S)");
    }
}
