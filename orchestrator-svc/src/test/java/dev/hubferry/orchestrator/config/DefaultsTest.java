package dev.hubferry.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.ExampleSettings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void ofSagas() {
        SagaConfig saga = read(SagaConfig.class, Map.of());
        assertThat(saga.retries().firstDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(saga.retries().cap()).isEqualTo(Duration.ofSeconds(30));
        assertThat(saga.retries().attempts()).isEqualTo(6);
        assertThat(saga.undoRetries().firstDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(saga.undoRetries().cap()).isEqualTo(Duration.ofMinutes(1));
        assertThat(saga.undoRetries().attempts()).isEqualTo(130);
        assertThat(saga.lateRetries().firstDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(saga.lateRetries().cap()).isEqualTo(Duration.ofMinutes(1));
        assertThat(saga.lateRetries().attempts()).isEqualTo(130);
        assertThat(saga.probeAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(saga.timerPoll()).isEqualTo(Duration.ofMillis(500));
        assertThat(saga.takeOverPoll()).isEqualTo(Duration.ofMillis(500));
        assertThat(saga.streamPoll()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void ofPlans() {
        PlansConfig plans = read(PlansConfig.class, Map.of());
        assertThat(plans.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(plans.deadline()).isEqualTo(Duration.ofHours(1));
        assertThat(plans.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(plans.forgetPoll()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void ofLimits() {
        LimitsConfig limits = read(LimitsConfig.class, Map.of());
        assertThat(limits.seedsPerStorage().usual()).isEqualTo(2);
        assertThat(limits.seedsPerStorage().of()).isEmpty();
        assertThat(limits.cutoversPerCluster().usual()).isEqualTo(3);
        assertThat(limits.cutoversPerCluster().of()).isEmpty();
        assertThat(limits.cutoversPerDnsAccount().usual()).isEqualTo(3);
        assertThat(limits.cutoversPerDnsAccount().of()).isEmpty();
        assertThat(limits.dnsAccounts()).isEmpty();
        assertThat(limits.poll()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void ofRates() {
        RatesConfig rates = read(RatesConfig.class, Map.of());
        assertThat(rates.reads().burst()).isEqualTo(1000);
        assertThat(rates.reads().perMinute()).isEqualTo(6000);
        assertThat(rates.changes().burst()).isEqualTo(300);
        assertThat(rates.changes().perMinute()).isEqualTo(600);
        assertThat(rates.guesses().burst()).isEqualTo(60);
        assertThat(rates.guesses().perMinute()).isEqualTo(60);
        assertThat(rates.streams()).isEqualTo(50);
        assertThat(rates.remembered()).isEqualTo(10_000);
    }

    @Test
    void ofWebhooks() {
        WebhookDeliveryConfig delivery = read(WebhookDeliveryConfig.class, Map.of());
        assertThat(delivery.firstDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(delivery.cap()).isEqualTo(Duration.ofHours(1));
        assertThat(delivery.giveUpAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(delivery.concurrency()).isEqualTo(4);
        assertThat(delivery.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(delivery.leaseMargin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(delivery.keepDeadLetters()).isEqualTo(Duration.ofDays(30));
        assertThat(delivery.keepRemoved()).isEqualTo(Duration.ofDays(7));
        assertThat(delivery.forgetPoll()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void ofRequests() {
        RequestsConfig requests = read(RequestsConfig.class, Map.of());
        assertThat(requests.requesters()).isEmpty();
        assertThat(requests.maxAge()).isEqualTo(Duration.ofMinutes(15));
        assertThat(requests.planPoll()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void connectionsHaveNoDefault() {
        assertThatThrownBy(() -> read(ConnectionsConfig.class, Map.of()))
                .hasMessageContaining("hubferry.connections.clusters");
        assertThat(read(
                                ConnectionsConfig.class,
                                Map.of(
                                        "hubferry.connections.clusters", "old,new",
                                        "hubferry.connections.storages", "nfs",
                                        "hubferry.connections.zones", "example"))
                        .clusters())
                .containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void takesTheExampleOfTheComposeFile() {
        // Given
        Map<String, String> example = ExampleSettings.of("orchestrator-svc");

        // When, Then: each refuses a key that it does not know
        assertThat(example.keySet())
                .allMatch(key -> key.matches("hubferry\\.(auth|connections|requests|webhooks|limits)\\..+"));
        assertThat(read(AuthConfig.class, example).oidc().issuer()).isPresent();
        assertThat(read(ConnectionsConfig.class, example).clusters()).containsExactlyInAnyOrder("old", "new");
        assertThat(read(RequestsConfig.class, example).requesters()).containsOnlyKeys("team");
        assertThat(read(WebhooksConfig.class, example).named()).containsOnlyKeys("ops");
        assertThat(read(LimitsConfig.class, example).seedsPerStorage().usual()).isEqualTo(2);
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> read(SagaConfig.class, Map.of("hubferry.saga.timer-pol", "PT1S")))
                .hasMessageContaining("hubferry.saga.timer-pol");
    }

    static <T> T read(Class<T> mapping, Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValues(values)
                .withMapping(mapping)
                .build();
        return config.getConfigMapping(mapping);
    }
}
