package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionWatchConfigTest {

    @Test
    void hasTheseDefaults() {
        // When
        ConnectionWatchConfig config = config(Map.of());
        // Then
        assertThat(config.every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.timeLimit()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.reportEvery()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> config(Map.of("hubferry.connection-watch.evry", "PT1S")))
                .hasMessageContaining("hubferry.connection-watch.evry");
    }

    static ConnectionWatchConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(ConnectionWatchConfig.class)
                .withDefaultValues(settings)
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(ConnectionWatchConfig.class);
    }
}
