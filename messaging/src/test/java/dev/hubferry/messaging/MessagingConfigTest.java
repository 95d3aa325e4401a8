package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagingConfigTest {

    @Test
    void hasTheseDefaults() {
        // When
        MessagingConfig config = config(Map.of());
        // Then
        assertThat(config.source()).isEqualTo("/hubferry/dns-svc");
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.lease().plus(config.inboxPoll()))
                .as("a takeover is promised within ten seconds")
                .isLessThan(Duration.ofSeconds(10));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.concurrency()).isEqualTo(64);
        assertThat(config.inboxPoll()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.outboxPoll()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.outboxBatch()).isEqualTo(500);
        assertThat(config.progressInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.retryPause()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.metricsInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> config(Map.of("hubferry.messaging.leese", "PT1S")))
                .hasMessageContaining("hubferry.messaging.leese");
    }

    static MessagingConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(MessagingConfig.class)
                .withDefaultValue("quarkus.application.name", "dns-svc")
                .withDefaultValues(settings)
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(MessagingConfig.class);
    }
}
