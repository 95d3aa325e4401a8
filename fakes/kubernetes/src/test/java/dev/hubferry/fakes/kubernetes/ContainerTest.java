package dev.hubferry.fakes.kubernetes;

import static dev.hubferry.fakes.kubernetes.TestCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands in a pod see of this host, and what becomes of them. */
class ContainerTest {

    private static final String HUB = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: hub-db-dir, namespace: hub}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: hub, namespace: hub}
            data: {jupyterhub_config.py: "c = 1"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: hub, namespace: hub}
            spec:
              selector: {matchLabels: {component: hub}}
              template:
                metadata: {labels: {component: hub}}
                spec:
                  securityContext: {fsGroup: 1000}
                  containers:
                  - name: hub
                    image: quay.io/jupyterhub/k8s-hub:3.0.0
                    command: [jupyterhub]
                    securityContext: {runAsUser: 1000, runAsGroup: 1000}
                    volumeMounts:
                    - {name: database, mountPath: /srv/jupyterhub}
                    - {name: config, mountPath: /usr/local/etc/jupyterhub, readOnly: true}
                  volumes:
                  - {name: database, persistentVolumeClaim: {claimName: hub-db-dir}}
                  - {name: config, configMap: {name: hub}}
            """;

    @TempDir
    Path directory;

    private TestCluster cluster;
    private Path database;

    @BeforeEach
    void startCluster() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        cluster = new TestCluster(
                FakeKubernetesConfig.builder("container", directory).build());
        cluster.world().create(HUB);
        database = cluster.world().volumeDirectory("hub", "hub-db-dir");
        eventually(() -> cluster.client().apps().deployments().withName("hub").isReady());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    private String pod() {
        return cluster.client()
                .pods()
                .withLabels(Map.of("component", "hub"))
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
    }

    private String run(String script) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = cluster.client()
                .pods()
                .withName(pod())
                .writingOutput(out)
                .writingError(out)
                .exec("sh", "-c", script)) {
            exec.exitCode().get(20, TimeUnit.SECONDS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void simulatesTheProgramsOfImagesThatItHasNot() {
        assertThat(cluster.client().pods().withName(pod()).getLog()).isEmpty();
    }

    @Test
    void showsTheVolumeOfTheClaimAtItsMountPath() throws Exception {
        // Given
        Files.writeString(database.resolve("jupyterhub.sqlite"), "rows");

        // When
        String seen = run("cat /srv/jupyterhub/jupyterhub.sqlite; echo new > /srv/jupyterhub/new");

        // Then
        assertThat(seen).isEqualTo("rows");
        assertThat(database.resolve("new")).hasContent("new\n");
        assertThat(Files.getAttribute(database.resolve("new"), "unix:uid")).isEqualTo(1000);
        assertThat(Path.of("/srv/jupyterhub")).doesNotExist();
    }

    @Test
    void mountsBelowReadOnlyDirectoriesWithoutTouchingThem() throws Exception {
        assertThat(run("cat /usr/local/etc/jupyterhub/jupyterhub_config.py")).isEqualTo("c = 1");
        assertThat(run("echo x > /usr/local/etc/jupyterhub/other")).contains("Read-only");
        assertThat(Path.of("/usr/local/etc/jupyterhub")).doesNotExist();
    }

    @Test
    void hidesTheHost() throws Exception {
        assertThat(run("ls " + directory)).contains("No such file");
        assertThat(run("ls -A /root /home /mnt")).doesNotContain(".m2");
        assertThat(run("ps -e 2>/dev/null | grep -c java")).isEqualTo("0\n");
    }

    @Test
    void truncatesTheOutputOfOneExecAndReportsSuccess() throws Exception {
        // Given
        cluster.fake().faults().truncateNextExec(3);

        // When
        String truncated = run("echo 0123456789");
        String whole = run("echo 0123456789");

        // Then
        assertThat(truncated).isEqualTo("012");
        assertThat(whole).isEqualTo("0123456789\n");
    }

    @Test
    void removesTheFilesOfADeletedClaim() throws Exception {
        // Given
        Files.writeString(database.resolve("jupyterhub.sqlite"), "rows");
        cluster.client().apps().deployments().withName("hub").delete();

        // When
        cluster.client().persistentVolumeClaims().withName("hub-db-dir").delete();

        // Then
        eventually(() -> Files.notExists(database));
    }

    @Test
    void countsExecs() throws Exception {
        // When
        run("true");

        // Then
        assertThat(cluster.fake().mutations().count("create", "pods/exec", "hub", pod()))
                .isEqualTo(1);
    }

    @Test
    void endsWhatAnExecLeftBehindWhenThePodGoes() throws Exception {
        // Given
        run("sleep 4711 > /dev/null 2>&1 &");
        eventually(() -> isSleeping());

        // When
        cluster.client().apps().deployments().withName("hub").scale(0);

        // Then
        eventually(() -> cluster.world().list(ResourceTypes.PODS, "hub", "").isEmpty());
        eventually(() -> !isSleeping());
    }

    @Test
    void endsEverythingWhenTheClusterCloses() throws Exception {
        // Given
        run("sleep 4711 > /dev/null 2>&1 &");
        eventually(() -> isSleeping());

        // When
        cluster.fake().close();

        // Then
        eventually(() -> !isSleeping());
    }

    private static boolean isSleeping() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith("sleep 4711"))
                        .isPresent());
    }
}
