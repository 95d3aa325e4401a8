package dev.hubferry.k8s.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.ExampleSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class K8sConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "hubferry.k8s.clusters.old.kubeconfig", "/etc/hubferry/old.kubeconfig",
            "hubferry.k8s.storages.nfs-old.nfs-servers", "10.0.0.1,nfs.old.example");

    @Test
    void hasTheseDefaults() {
        // When
        K8sConfig config = config(LEAST);

        // Then
        K8sConfig.Cluster cluster = Objects.requireNonNull(config.clusters().get("old"));
        assertThat(cluster.kubeconfig()).isEqualTo(Path.of("/etc/hubferry/old.kubeconfig"));
        assertThat(cluster.context()).isEmpty();
        assertThat(cluster.hubService()).isEqualTo("hubferry");
        assertThat(cluster.ingress().namespace()).isEqualTo("support");
        assertThat(cluster.ingress().services())
                .containsExactly("support-ingress-nginx-controller", "cluster-entrypoint");
        assertThat(cluster.ingress().labelName()).isEqualTo("ingress-nginx");
        assertThat(cluster.ingress().labelComponent()).isEqualTo("controller");
        assertThat(cluster.ingress().scheme()).isEqualTo(K8sConfig.Scheme.HTTPS);
        assertThat(cluster.ingress().port()).isEmpty();
        assertThat(cluster.ingress().trust()).isEmpty();
        assertThat(config.waits().pollInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.waits().podsGone()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.waits().hubReady()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.waits().serviceGone()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.waits().homesProbe()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.waits().live()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.requests().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.requests().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.requests().retries()).isEqualTo(2);
    }

    @Test
    void takesServersAndSchemes() {
        // Given
        Map<String, String> more = new HashMap<>(LEAST);
        more.put("hubferry.k8s.clusters.old.ingress.scheme", "http");
        more.put("hubferry.k8s.clusters.old.ingress.port", "8080");

        // When
        K8sConfig config = config(more);

        // Then
        K8sConfig.Cluster cluster = Objects.requireNonNull(config.clusters().get("old"));
        assertThat(cluster.ingress().scheme()).isEqualTo(K8sConfig.Scheme.HTTP);
        assertThat(cluster.ingress().port()).contains(8080);
        assertThat(Objects.requireNonNull(config.storages().get("nfs-old")).nfsServers())
                .isEqualTo(List.of("10.0.0.1", "nfs.old.example"));
    }

    @Test
    void refusesAnUnknownKeyAndAMissingOne() {
        // Given
        Map<String, String> unknown = new HashMap<>(LEAST);
        unknown.put("hubferry.k8s.clusters.old.token", "x");
        Map<String, String> missing = Map.of("hubferry.k8s.clusters.old.context", "admin");

        // When / Then
        assertThatThrownBy(() -> config(unknown))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("token");
        assertThatThrownBy(() -> config(missing))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("kubeconfig");
    }

    @Test
    void takesTheExampleOfTheComposeFile() {
        // Given
        Map<String, String> example = ExampleSettings.of("k8s-svc");

        // When, Then: it refuses a key that it does not know
        assertThat(example.keySet()).allMatch(key -> key.startsWith("hubferry.k8s."));
        assertThat(config(example).clusters()).containsOnlyKeys("old", "new");
    }

    private static K8sConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(K8sConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(K8sConfig.class);
    }
}
