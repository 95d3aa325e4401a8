package dev.hubferry.db.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.ExampleSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DbTransferConfigTest {
    private static DbTransferConfig read(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("java.io.tmpdir", "/tmp");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(DbTransferConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .withValidateUnknown(true)
                .addDefaultInterceptors()
                .build();
        return config.getConfigMapping(DbTransferConfig.class);
    }

    @Test
    void hasTheseDefaults() {
        // When
        DbTransferConfig config = read(Map.of());

        // Then
        assertThat(config.clusters()).isEmpty();
        assertThat(config.workDirectory()).isEqualTo(Path.of("/tmp/hubferry-db"));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        DbTransferConfig.HelperPodConfig pod = config.helperPod();
        assertThat(pod.deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(pod.readyTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(pod.goneTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(pod.operationTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pod.attempts()).isEqualTo(3);
        assertThat(pod.cpuRequest()).isEqualTo("50m");
        assertThat(pod.memoryRequest()).isEqualTo("64Mi");
        assertThat(pod.memoryLimit()).isEqualTo("512Mi");
    }

    @Test
    void readsClusters() {
        // When
        DbTransferConfig config = read(Map.of(
                "hubferry.db.clusters.old.kubeconfig", "/secrets/old",
                "hubferry.db.clusters.new.kubeconfig", "/secrets/new",
                "hubferry.db.clusters.new.context", "prod"));

        // Then
        assertThat(config.clusters()).containsOnlyKeys("old", "new").hasEntrySatisfying("new", cluster -> {
            assertThat(cluster.kubeconfig()).isEqualTo(Path.of("/secrets/new"));
            assertThat(cluster.context()).isEqualTo(Optional.of("prod"));
        });
    }

    @Test
    void takesTheExampleOfTheComposeFile() {
        // Given
        Map<String, String> example = ExampleSettings.of("db-transfer-svc");

        // When, Then: it refuses a key that it does not know
        assertThat(example.keySet()).allMatch(key -> key.startsWith("hubferry.db."));
        assertThat(read(example).clusters()).containsOnlyKeys("old", "new");
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> read(Map.of("hubferry.db.helper-pod.readyness-timeout", "5S")))
                .hasMessageContaining("readyness-timeout");
    }
}
