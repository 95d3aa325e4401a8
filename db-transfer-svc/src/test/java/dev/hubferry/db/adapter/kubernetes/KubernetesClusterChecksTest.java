package dev.hubferry.db.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.testbed.MetricsPage;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesClusterChecksTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private FakeKubernetes cluster;

    @SuppressWarnings("NullAway.Init")
    private ClusterClients clients;

    @SuppressWarnings("NullAway.Init")
    private Path kubeconfig;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClusterChecks checks;

    @BeforeEach
    void start() throws IOException {
        cluster = FakeKubernetes.start(
                FakeKubernetesConfig.builder("old", Files.createDirectories(directory.resolve("old")))
                        .users(new FakeUser("ferry", "old-token", List.of()))
                        .build());
        kubeconfig = Files.writeString(directory.resolve("old.kubeconfig"), cluster.kubeconfig("ferry"));
        clients = new ClusterClients(
                Map.of("old", new ClusterClients.Access(kubeconfig, Optional.empty())),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                registry);
        checks = new KubernetesClusterChecks(clients);
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @AfterEach
    void stop() {
        clients.close();
        cluster.close();
    }

    @Test
    void tellsTheVersionOfAClusterThatLetsTheServiceIn() throws Exception {
        assertThat(checks.names()).containsExactly("old");
        assertThat(checks.acceptedVersion("old").orElseThrow()).startsWith("v1.");
    }

    @Test
    void countsWhatItAsksAsThePageSays() throws Exception {
        // When
        assertThat(checks.acceptedVersion("old")).isPresent();
        // Then
        assertThat(registry.get("hubferry.kubernetes.requests")
                        .tags("method", "GET", "status", "200")
                        .counters())
                .isNotEmpty();
        var exposed = MetricsPage.exposed(registry.scrape());
        if (Boolean.getBoolean("hubferry.write-docs")) {
            MetricsPage.write("k8s-svc and db-transfer-svc", exposed);
        }
        assertThat(MetricsPage.documented("k8s-svc and db-transfer-svc")).containsExactlyElementsOf(exposed);
    }

    @Test
    void saysThatTheCredentialsAreNotAcceptedAndTakesNewOnes() throws Exception {
        // Given
        Files.writeString(kubeconfig, cluster.kubeconfig("ferry").replace("old-token", "expired-token"));
        refused(ErrorCode.CLUSTER_AUTH_FAILED, "does not accept the credentials");
        // When
        Files.writeString(kubeconfig, cluster.kubeconfig("ferry"));
        // Then
        assertThat(checks.acceptedVersion("old")).isPresent();
    }

    @Test
    void saysThatNobodyListens() {
        // Given
        cluster.close();
        // When, Then
        refused(ErrorCode.CLUSTER_UNREACHABLE, "cannot be connected to");
    }

    @Test
    void repeatsNothingOfWhatAFailingServerSays() {
        // Given
        cluster.faults().next(100, _ -> true, new Fault.ServerError(500));
        // When, Then
        refused(ErrorCode.CLUSTER_UNREACHABLE, "cluster old: its API server answered HTTP 500");
    }

    private void refused(ErrorCode code, String words) {
        assertThatThrownBy(() -> checks.acceptedVersion("old")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).as(refusal.getMessage()).isEqualTo(code);
            assertThat(refusal.rejected().detail()).contains(words).doesNotContain("-token");
        });
    }
}
