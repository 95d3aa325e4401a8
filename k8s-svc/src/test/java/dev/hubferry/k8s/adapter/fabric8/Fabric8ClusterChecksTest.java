package dev.hubferry.k8s.adapter.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fabric8ClusterChecksTest {
    @TempDir
    Path directory;

    private FakeWorld world;
    private Fabric8ClusterChecks checks;

    @BeforeEach
    void start() {
        world = new FakeWorld(directory, "ClusterIP", 0, 1);
        checks = new Fabric8ClusterChecks(world.clusters, Set.of("nfs-old"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void tellsTheVersionOfAClusterThatLetsTheServiceIn() {
        assertThat(checks.names()).containsExactlyInAnyOrder("old", "new");
        assertThat(checks.storages()).containsExactly("nfs-old");
        assertThat(checks.version("old").orElseThrow()).startsWith("v1.");
    }

    @Test
    void asksWithCredentialsThatMayDoNothing() {
        // Given
        world.old.users().put(new FakeUser("ferry", "old-token", List.of()));
        // When, Then
        assertThat(checks.version("old")).isPresent();
    }

    @Test
    void saysThatTheCredentialsAreNotAcceptedWithoutThem() {
        // Given
        world.old.users().put(new FakeUser("ferry", "another-token", List.of()));
        // When, Then
        refused("old", ErrorCode.CLUSTER_AUTH_FAILED, "does not accept the credentials");
    }

    @Test
    void saysThatNobodyListens() {
        // Given
        world.old.close();
        // When, Then
        refused("old", ErrorCode.CLUSTER_UNREACHABLE, "cannot be connected to");
        assertThat(checks.version("new")).isPresent();
    }

    @Test
    void countsWhatItAsksAndWhatCameOfIt() {
        // Given
        world.old.faults().next(1, _ -> true, new Fault.ServerError(500));
        // When
        refused("old", ErrorCode.CLUSTER_UNREACHABLE, "answered HTTP 500");
        assertThat(checks.version("new")).isPresent();
        // Then
        assertThat(world.registry.get("hubferry.kubernetes.requests").counters())
                .extracting(counter -> counter.getId().getTag("status"))
                .contains("200", "500");
    }

    @Test
    void repeatsNothingOfWhatAFailingServerSays() {
        // Given
        world.old.faults().next(1, _ -> true, new Fault.ServerError(500));
        // When, Then
        refused("old", ErrorCode.CLUSTER_UNREACHABLE, "cluster old: its API server answered HTTP 500");
    }

    @Test
    void saysThatTheKubeconfigCannotBeReadWithoutShowingIt() throws Exception {
        // Given
        Files.writeString(directory.resolve("new.kubeconfig"), "old-token: [");
        // When, Then
        refused("new", ErrorCode.CLUSTER_AUTH_FAILED, "new.kubeconfig");
    }

    @Test
    void repeatsNoCredentialsThatAServerSendsBack() throws Exception {
        // Given what answers repeats the headers of the request in its message
        try (EchoingServer echo = new EchoingServer()) {
            Path kubeconfig = Files.writeString(
                    directory.resolve("echo.kubeconfig"),
                    world.old.kubeconfig("ferry").replaceAll("(?m)server: .*$", "server: " + echo.url()));
            ClusterAccess access = new ClusterAccess(
                    kubeconfig,
                    Optional.empty(),
                    new IngressPlace("support", List.of(), Map.of(), "http", 80, Optional.empty()),
                    "hubferry");
            Vertx vertx = Vertx.vertx();
            try (Fabric8Clusters clusters = new Fabric8Clusters(
                    Map.of("echo", access),
                    new RequestLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 0),
                    vertx,
                    new SimpleMeterRegistry())) {
                checks = new Fabric8ClusterChecks(clusters, Set.of());
                // When, Then
                refused("echo", ErrorCode.CLUSTER_UNREACHABLE, "answered HTTP 500");
                assertThat(echo.heard()).as("the planted secret").contains("old-token");
            } finally {
                vertx.close();
            }
        }
    }

    private void refused(String cluster, ErrorCode code, String words) {
        assertThatThrownBy(() -> checks.version(cluster)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
            assertThat(refusal.rejected().detail()).contains(words).doesNotContain("-token");
        });
    }
}
