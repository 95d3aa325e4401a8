package dev.hubferry.db.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.FakeHub;
import dev.hubferry.db.MemoryTask;
import dev.hubferry.db.domain.DatabaseCarrier.Access;
import dev.hubferry.db.domain.DatabaseKind;
import dev.hubferry.db.domain.DatabaseRoom;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.HubVersion;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.fakes.kubernetes.access.AccessRule;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does wrong, in the words that an operator gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFailuresTest {
    private static final HubRef HUB = new HubRef("old", "astro", Optional.empty());
    private static final MigrationId MIGRATION = new MigrationId("m1");
    private static final PodLimits LIMITS = new PodLimits(
            Duration.ofMinutes(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            3,
            "10m",
            "16Mi",
            "256Mi");
    private static final List<String> READ = List.of("get", "list", "watch");

    private FakeHub hub = unset();
    private ClusterClients clients = unset();
    private Path kubeconfig = Path.of("unset");
    private KubernetesHubInspector inspector = unset();
    private PodDatabaseCarrier carrier = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        hub = FakeHub.start(directory, "old", "astro", "3.0.0").withDatabase();
        kubeconfig = directory.resolve("in-use.kubeconfig");
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @BeforeEach
    void connect() throws IOException {
        Files.copy(hub.kubeconfig(), kubeconfig, StandardCopyOption.REPLACE_EXISTING);
        clients = new ClusterClients(
                Map.of("old", new ClusterClients.Access(kubeconfig, Optional.empty())),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                new SimpleMeterRegistry());
        inspector = new KubernetesHubInspector(clients);
        carrier = new PodDatabaseCarrier(clients, LIMITS);
    }

    @AfterEach
    void disconnect() {
        hub.cluster().faults().clear();
        clients.close();
    }

    private void actAs(AccessRule... rules) throws IOException {
        hub.cluster().users().put(new FakeUser("limited", "limited-token", List.of(rules)));
        Files.writeString(kubeconfig, hub.cluster().kubeconfig("limited"));
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).as(refusal.getMessage()).isEqualTo(code);
            assertThat(refusal.rejected().detail()).contains(words);
        });
    }

    @Test
    void readsAHubsProfile() throws Exception {
        // When
        HubProfile profile = inspector.inspect(HUB);

        // Then
        assertThat(profile.kind()).isEqualTo(new DatabaseKind.SqliteOnVolume());
        assertThat(profile.version()).isEqualTo(new HubVersion.Known("3.0.0", "label app.kubernetes.io/version"));
        assertThat(profile.upgradesDatabase()).isTrue();
        assertThat(profile.secrets().cookieSecret()).isPresent();
        assertThat(profile.secrets().cryptKeyInEnvironment()).isFalse();
        assertThat(profile.toString()).doesNotContain("00000000");
    }

    @Test
    void seesThatAHubGetsItsCryptKeysFromItsEnvironment() throws Exception {
        // Given
        hub.cluster().world().update(ResourceTypes.DEPLOYMENTS, "astro", "hub", deployment -> {
            ((ObjectNode) deployment.at("/spec/template/spec/containers/0"))
                    .putArray("env")
                    .addObject()
                    .put("name", "JUPYTERHUB_CRYPT_KEY")
                    .put("value", "c0ffee00");
            return deployment;
        });

        // When
        HubProfile profile = inspector.inspect(HUB);

        // Then
        assertThat(profile.secrets().cryptKeyInEnvironment()).isTrue();
        assertThat(profile.toString()).doesNotContain("c0ffee00");
    }

    @Test
    void knowsOnlyItsClusters() {
        refused(
                () -> inspector.inspect(new HubRef("elsewhere", "astro", Optional.empty())),
                ErrorCode.CONNECTION_UNKNOWN,
                "elsewhere",
                "[old]");
    }

    @Test
    void doesNotQuoteAKubeconfigThatItCannotRead() throws IOException {
        // Given
        Files.writeString(kubeconfig, "users: [{name: x, user: {token: s3cret}}");

        // When // Then
        assertThatThrownBy(() -> inspector.inspect(HUB)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.CLUSTER_AUTH_FAILED);
            assertThat(refusal.rejected().toString()).doesNotContain("s3cret").contains(kubeconfig.toString());
        });
    }

    @Test
    void readsTheKubeconfigAgainAfterItsCredentialsWereRefused() throws Exception {
        // Given
        Files.writeString(kubeconfig, hub.cluster().kubeconfig().replace("old-token", "expired-token"));
        refused(() -> inspector.inspect(HUB), ErrorCode.CLUSTER_AUTH_FAILED, "does not accept");

        // When
        Files.copy(hub.kubeconfig(), kubeconfig, StandardCopyOption.REPLACE_EXISTING);

        // Then
        assertThat(inspector.inspect(HUB).hub()).isEqualTo(HUB);
    }

    @Test
    void namesThePermissionThatIsMissing() throws IOException {
        // Given
        actAs(AccessRule.apps("astro", READ, "deployments"));

        // When // Then
        refused(() -> inspector.inspect(HUB), ErrorCode.PERMISSION_MISSING, "get secret hub");
    }

    @Test
    void namesThePermissionToMakePods() throws IOException {
        // Given
        actAs(
                AccessRule.apps("astro", READ, "deployments"),
                AccessRule.core("astro", READ, "secrets", "persistentvolumeclaims", "pods"));

        // When // Then
        refused(
                () -> carrier.open(HUB, Access.READ, MemoryTask.of("m1")),
                ErrorCode.PERMISSION_MISSING,
                "create a pod in namespace astro");
    }

    @Test
    void namesThePermissionToRunCommandsAndLeavesNoPod() throws Exception {
        // Given
        actAs(
                AccessRule.apps("astro", READ, "deployments"),
                AccessRule.core("astro", READ, "secrets", "persistentvolumeclaims", "pods"),
                AccessRule.core("astro", List.of("create", "delete"), "pods"));

        // When // Then
        try (DatabaseRoom room = carrier.open(HUB, Access.READ, MemoryTask.of("m1"))) {
            refused(room::look, ErrorCode.PERMISSION_MISSING, "exec in pod hubferry-db-m1-1-");
        }
        hub.await("no pod is left", () -> hub.helperPods().isEmpty());
    }

    @Test
    void namesThePermissionToWatchPods() throws IOException {
        // Given
        actAs(
                AccessRule.apps("astro", READ, "deployments"),
                AccessRule.core("astro", List.of("get", "list"), "secrets", "persistentvolumeclaims", "pods"),
                AccessRule.core("astro", List.of("create", "delete"), "pods"));

        // When // Then
        refused(() -> carrier.open(HUB, Access.READ, MemoryTask.of("m1")), ErrorCode.PERMISSION_MISSING, "watch");
        hub.await("no pod is left", () -> hub.helperPods().isEmpty());
    }

    @Test
    void looksForTheHubByItsLabels() {
        refused(
                () -> inspector.inspect(new HubRef("old", "nowhere", Optional.empty())),
                ErrorCode.HUB_NOT_FOUND,
                "namespace nowhere");
        refused(
                () -> inspector.inspect(new HubRef("old", "astro", Optional.of("other"))),
                ErrorCode.HUB_NOT_FOUND,
                "release other");
    }

    @Test
    void wantsTheReleaseWhenThereAreTwoHubs() throws Exception {
        // Given
        ObjectNode second = hub.cluster()
                .world()
                .find(ResourceTypes.DEPLOYMENTS, "astro", "hub")
                .orElseThrow();
        second.putObject("metadata")
                .put("name", "hub-2")
                .put("namespace", "astro")
                .putObject("labels")
                .put("app.kubernetes.io/name", "jupyterhub")
                .put("app.kubernetes.io/component", "hub")
                .put("app.kubernetes.io/instance", "second");
        second.remove("status");
        hub.cluster().world().create(second);

        // When // Then
        refused(() -> inspector.inspect(HUB), ErrorCode.HUB_AMBIGUOUS, "2 hubs");
        assertThat(inspector
                        .inspect(new HubRef("old", "astro", Optional.of("second")))
                        .hub()
                        .release())
                .contains("second");
        hub.cluster().world().delete(ResourceTypes.DEPLOYMENTS, "astro", "hub-2", DeleteOptions.now());
    }

    @Test
    void sitsOutAnApiServerThatIsBrieflyBusy() throws Exception {
        // Given
        hub.cluster().faults().next(1, new Fault.TooManyRequests(1));
        hub.cluster().faults().next(1, new Fault.ServerError(503));

        // When // Then
        assertThat(inspector.usersOfDatabase(HUB, MIGRATION)).isEmpty();
    }

    @Test
    void saysThatAClusterIsOutOfReach() throws IOException {
        // Given
        Files.writeString(kubeconfig, hub.cluster().kubeconfig().replaceAll("127.0.0.1:\\d+", "127.0.0.1:1"));

        // When // Then
        refused(() -> inspector.inspect(HUB), ErrorCode.CLUSTER_UNREACHABLE, "list deployments");
    }

    @Test
    void recognizesItsPodWhenTheAnswerToItsMakingGotLost() throws Exception {
        // Given
        hub.cluster().faults().next(1, request -> request.method().equals("POST"), new Fault.DropReply());

        // When
        try (DatabaseRoom room = carrier.open(HUB, Access.READ, MemoryTask.of("m1"))) {
            // Then
            assertThat(room.look().database().main()).isPresent();
            assertThat(hub.helperPods()).hasSize(1);
        }
    }

    @Test
    void makesPodsThatARestrictedNamespaceAdmits() throws Exception {
        // When
        try (DatabaseRoom room = carrier.open(HUB, Access.READ, MemoryTask.of("m1"))) {
            // Then
            assertThat(room.look().kept()).isEmpty();
            ObjectNode pod = hub.cluster()
                    .world()
                    .find(ResourceTypes.PODS, "astro", hub.helperPods().getFirst())
                    .orElseThrow();
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/securityContext/runAsUser").asInt()).isEqualTo(1000);
            assertThat(pod.at("/spec/securityContext/fsGroup").asInt()).isEqualTo(1000);
            assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
            ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/volumeMounts/0/readOnly").asBoolean()).isTrue();
            assertThat(container.path("image").asText()).isEqualTo("quay.io/example/hub:latest");
            assertThat(pod.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(300);
            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.at("/metadata/labels").has("component")).isFalse();
        }
    }
}
