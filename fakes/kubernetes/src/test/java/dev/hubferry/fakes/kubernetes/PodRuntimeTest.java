package dev.hubferry.fakes.kubernetes;

import static dev.hubferry.fakes.kubernetes.TestCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runtime of the sandbox sees of the pods, and what the cluster makes of what it says. */
class PodRuntimeTest {

    private static final String HOMES = """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: hub-home-nfs}
            spec:
              capacity: {storage: 1Mi}
              accessModes: [ReadWriteMany]
              storageClassName: ""
              nfs: {server: 127.0.0.2, path: /export/homes/hub}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: home-nfs, namespace: hub}
            spec:
              storageClassName: ""
              volumeName: hub-home-nfs
              accessModes: [ReadWriteMany]
              resources: {requests: {storage: 1Mi}}
            """;

    private static final String USER_POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: jupyter-ann, namespace: hub, labels: {component: singleuser-server}}
            spec:
              containers:
              - name: notebook
                image: quay.io/jupyter/base-notebook:2025
                volumeMounts: [{name: home, mountPath: /home/jovyan, subPath: ann}]
              volumes: [{name: home, persistentVolumeClaim: {claimName: home-nfs}}]
            """;

    @TempDir
    Path directory;

    private final List<Work> works = new CopyOnWriteArrayList<>();
    private CompletableFuture<Void> startable = CompletableFuture.completedFuture(null);
    private Path homes;
    private TestCluster cluster;

    /** Somebody at work in a pod, who ends only when the test says so. */
    private static final class Work implements PodHandle {
        private final PodContext pod;
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private volatile boolean asked;
        private volatile boolean killed;

        Work(PodContext pod) {
            this.pod = pod;
        }

        @Override
        public void stop(Duration grace) {
            asked = true;
        }

        @Override
        public void kill() {
            killed = true;
            ended.complete(137);
        }

        @Override
        public CompletionStage<Integer> ended() {
            return ended;
        }
    }

    @BeforeEach
    void startCluster() throws Exception {
        homes = Files.createDirectories(directory.resolve("export"));
        cluster = new TestCluster(FakeKubernetesConfig.builder("runtime", directory.resolve("cluster"))
                .nfsExports(Map.of("127.0.0.2:/export/homes", homes))
                .runtimes(this::start)
                .build());
        cluster.world().create(HOMES);
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    private Optional<PodHandle> start(PodContext pod) {
        if (!pod.name().startsWith("jupyter-")) {
            return Optional.empty();
        }
        Work work = new Work(pod);
        works.add(work);
        startable.join();
        return Optional.of(work);
    }

    private Work startUserPod() throws Exception {
        Files.createDirectories(homes.resolve("hub"));
        cluster.world().create(USER_POD);
        eventually(() -> cluster.client().pods().withName("jupyter-ann").isReady());
        return works.getFirst();
    }

    @Test
    void handsTheDirectoryBehindTheHomeToTheRuntime() throws Exception {
        // When
        Work work = startUserPod();

        // Then
        assertThat(work.pod.directory("/home/jovyan")).isEqualTo(homes.resolve("hub/ann"));
        assertThat(homes.resolve("hub/ann")).isDirectory();
    }

    @Test
    void waitsWhileTheServerDoesNotExportTheDirectory() throws Exception {
        // Given
        cluster.world().create(USER_POD);
        eventually(() -> waitingMessage().contains("127.0.0.2:/export/homes/hub"));
        assertThat(works).isEmpty();

        // When
        Files.createDirectories(homes.resolve("hub"));

        // Then
        eventually(() -> cluster.client().pods().withName("jupyter-ann").isReady());
    }

    @Test
    void endsWhatIsJustBeingStartedBeforeTheClusterIsClosed() throws Exception {
        // Given
        startable = new CompletableFuture<>();
        Files.createDirectories(homes.resolve("hub"));
        cluster.world().create(USER_POD);
        eventually(() -> works.size() == 1);

        // When
        Thread closing = Thread.ofPlatform().start(cluster.fake()::close);
        eventually(() -> closing.getState() == Thread.State.WAITING);
        boolean closedBefore = !closing.isAlive();
        startable.complete(null);
        boolean closed = closing.join(Duration.ofMinutes(1));

        // Then
        assertThat(closedBefore).isFalse();
        assertThat(closed).isTrue();
        assertThat(works.getFirst().killed).isTrue();
        assertThat(directory.resolve("cluster/pods")).doesNotExist();
    }

    @Test
    void keepsADeletedPodUntilItsWorkHasEnded() throws Exception {
        // Given
        Work work = startUserPod();

        // When
        cluster.client().pods().withName("jupyter-ann").withGracePeriod(600).delete();

        // Then
        eventually(() -> work.asked);
        assertThat(cluster.world().find(ResourceTypes.PODS, "hub", "jupyter-ann"))
                .isPresent();
        work.ended.complete(0);
        eventually(() ->
                cluster.world().find(ResourceTypes.PODS, "hub", "jupyter-ann").isEmpty());
        eventually(() -> work.killed);
    }

    @Test
    void killsWorkThatOutlivesItsGrace() throws Exception {
        // Given
        Work work = startUserPod();

        // When
        cluster.client().pods().withName("jupyter-ann").withGracePeriod(1).delete();

        // Then
        eventually(() ->
                cluster.world().find(ResourceTypes.PODS, "hub", "jupyter-ann").isEmpty());
        assertThat(work.killed).isTrue();
    }

    @Test
    void killsWorkWhenTheClusterCloses() throws Exception {
        // Given
        Work work = startUserPod();

        // When
        cluster.fake().close();

        // Then
        assertThat(work.killed).isTrue();
    }

    @Test
    void keepsUnreadyPodsOutOfTheirService() throws Exception {
        // Given
        cluster.world().create("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: users, namespace: hub}
                        spec: {selector: {component: singleuser-server}, ports: [{port: 80}]}
                        """);
        Work work = startUserPod();
        assertThat(cluster.world().endpoints("hub", "users")).hasSize(1);

        // When
        work.pod.ready(false);

        // Then
        eventually(() -> cluster.world().endpoints("hub", "users").isEmpty());
        work.pod.ready(true);
        eventually(() -> cluster.world().endpoints("hub", "users").size() == 1);
    }

    @Test
    void restartsWorkThatEndsInAPodThatIsToRunAlways() throws Exception {
        // Given
        Work first = startUserPod();

        // When
        first.ended.complete(3);

        // Then
        eventually(() -> works.size() == 2
                && cluster.client().pods().withName("jupyter-ann").isReady());
        assertThat(pod().at("/status/containerStatuses/0/restartCount").asInt()).isEqualTo(1);
    }

    @Test
    void showsTheLinesOfTheRuntimeAsTheLog() throws Exception {
        // Given
        Work work = startUserPod();

        // When
        work.pod.log("[I] server is up");

        // Then
        assertThat(cluster.client().pods().withName("jupyter-ann").getLog()).isEqualTo("[I] server is up\n");
    }

    @Test
    void forwardsAPortToWhereTheRuntimeListens() throws Exception {
        // Given
        Work work = startUserPod();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            work.pod.listen(8888, "127.0.0.1", server.getLocalPort());
            Thread.ofVirtual().start(() -> echo(server));

            // When
            try (LocalPortForward forward =
                            cluster.client().pods().withName("jupyter-ann").portForward(8888);
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                socket.getOutputStream().write("ping".getBytes());

                // Then
                assertThat(socket.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes());
            }
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket accepted = server.accept()) {
            accepted.getInputStream().transferTo(accepted.getOutputStream());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void givesForcedDeletionsNoTimeAtAll() throws Exception {
        // Given
        Work work = startUserPod();

        // When
        cluster.world().delete(ResourceTypes.PODS, "hub", "jupyter-ann", DeleteOptions.now());

        // Then
        assertThat(cluster.world().find(ResourceTypes.PODS, "hub", "jupyter-ann"))
                .isEmpty();
        eventually(() -> work.killed);
    }

    private ObjectNode pod() {
        return cluster.world().find(ResourceTypes.PODS, "hub", "jupyter-ann").orElseThrow();
    }

    private String waitingMessage() {
        return pod().at("/status/containerStatuses/0/state/waiting/message").asText();
    }
}
