package dev.hubferry.db;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of its own with one hub in it, as zero-to-jupyterhub deploys it. */
public final class FakeHub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final FakeKubernetes cluster;
    private final HubRef hub;
    private final Path kubeconfig;

    private FakeHub(FakeKubernetes cluster, HubRef hub, Path kubeconfig) {
        this.cluster = cluster;
        this.hub = hub;
        this.kubeconfig = kubeconfig;
    }

    /** Starts the cluster; the hub has no database and no pod yet. The service may work there and in {@code nowhere}, which has no hub. */
    public static FakeHub start(Path directory, String clusterName, String namespace, String version) {
        try {
            FakeKubernetes cluster = FakeKubernetes.start(FakeKubernetesConfig.builder(
                            clusterName, directory.resolve(clusterName))
                    .users(
                            FakeUser.admin("admin", clusterName + "-token"),
                            new FakeUser(
                                    "ferry", "ferry-" + clusterName + "-token", GrantedAccess.in(namespace, "nowhere")),
                            new FakeUser("limited", "limited-token", List.of()))
                    .build());
            Path kubeconfig =
                    Files.writeString(directory.resolve(clusterName + ".kubeconfig"), cluster.kubeconfig("ferry"));
            FakeHub made = new FakeHub(cluster, new HubRef(clusterName, namespace, Optional.empty()), kubeconfig);
            made.secret(Map.of());
            cluster.world().create(manifests(namespace, version));
            made.volume();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String manifests(String namespace, String version) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: hub-db-dir, namespace: NS}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Gi}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: hub
                  namespace: NS
                  labels: {app: jupyterhub, component: hub, release: NS, app.kubernetes.io/version: "VERSION"}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: jupyterhub, component: hub, release: NS}}
                  strategy: {type: Recreate}
                  template:
                    metadata: {labels: {app: jupyterhub, component: hub, release: NS}}
                    spec:
                      securityContext: {fsGroup: 1000}
                      terminationGracePeriodSeconds: 1
                      volumes:
                      - {name: secret, secret: {secretName: hub}}
                      - {name: pvc, persistentVolumeClaim: {claimName: hub-db-dir}}
                      containers:
                      - name: hub
                        image: quay.io/example/hub:latest
                        command: [sh, -c, "trap 'exit 0' TERM; while true; do sleep 0.2; done"]
                        args: [jupyterhub, --upgrade-db]
                        securityContext: {runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false}
                        volumeMounts:
                        - {name: secret, mountPath: /usr/local/etc/jupyterhub/secret/}
                        - {name: pvc, mountPath: /srv/jupyterhub}
                """.replace("NS", namespace).replace("VERSION", version);
    }

    /** Which hub it is. */
    public HubRef ref() {
        return hub;
    }

    /** The cluster, for its switches. */
    public FakeKubernetes cluster() {
        return cluster;
    }

    /** A kubeconfig file of the service's account, with the least rights. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The directory that is the hub's volume. */
    public Path volume() {
        try {
            return cluster.world().volumeDirectory(hub.namespace(), "hub-db-dir");
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hub's database file. */
    public Path database() {
        return volume().resolve("jupyterhub.sqlite");
    }

    /** Gives the hub a copy of the real database with changes. */
    public FakeHub withDatabase(String... changes) {
        HubDatabases.copy(database(), changes);
        own(database());
        return this;
    }

    /** Gives a file to the hub's user. */
    public static void own(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", 1000);
            Files.setAttribute(file, "unix:gid", 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the Secret {@code hub} anew. */
    public FakeHub secret(Map<String, String> entries) {
        Map<String, String> all = new TreeMap<>(entries);
        all.putIfAbsent("values.yaml", "hub: {db: {type: sqlite-pvc}}");
        all.putIfAbsent("hub.config.JupyterHub.cookie_secret", "00".repeat(32));
        String data = all.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": "
                        + Base64.getEncoder().encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("\n"));
        cluster.world()
                .find(ResourceTypes.SECRETS, hub.namespace(), "hub")
                .ifPresent(old -> cluster.world().update(ResourceTypes.SECRETS, hub.namespace(), "hub", secret -> {
                    ObjectNode fresh = secret.putObject("data");
                    all.forEach((key, value) ->
                            fresh.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
                    return secret;
                }));
        if (cluster.world().find(ResourceTypes.SECRETS, hub.namespace(), "hub").isEmpty()) {
            cluster.world().create("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: hub, namespace: %s}
                    data:
                    %s
                    """.formatted(hub.namespace(), data));
        }
        return this;
    }

    /** Changes the Deployment. */
    public FakeHub deployment(java.util.function.Consumer<ObjectNode> change) {
        cluster.world().update(ResourceTypes.DEPLOYMENTS, hub.namespace(), "hub", deployment -> {
            change.accept(deployment);
            return deployment;
        });
        return this;
    }

    /** Starts or stops the hub and waits until its pod is ready or gone. */
    public FakeHub scale(int replicas) {
        deployment(deployment -> deployment.withObject("/spec").put("replicas", replicas));
        await(
                "hub has " + replicas + " ready pods",
                () -> readyPods("component=hub") == replicas
                        && pods("component=hub").size() == replicas);
        return this;
    }

    /** Names of pods that a label selector picks. */
    public List<String> pods(String selector) {
        return cluster.world().list(ResourceTypes.PODS, hub.namespace(), selector).stream()
                .map(pod -> pod.at("/metadata/name").asText())
                .toList();
    }

    /** Pods of this service that are still there. */
    public List<String> helperPods() {
        return pods("hubferry.dev/purpose=hub-database");
    }

    private long readyPods(String selector) {
        return cluster.world().list(ResourceTypes.PODS, hub.namespace(), selector).stream()
                .filter(pod -> pod.at("/status/conditions").findParents("type").stream()
                        .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                                && condition.path("status").asText().equals("True")))
                .count();
    }

    /** Waits for something. */
    public void await(String what, java.util.function.BooleanSupplier condition) {
        try {
            cluster.world().await(what, PATIENCE, condition);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every file on the volume with its hash: what must be the same before and after. */
    public Map<String, String> fingerprint() {
        try (Stream<Path> files = Files.list(volume())) {
            return new TreeMap<>(
                    files.collect(Collectors.toMap(file -> String.valueOf(file.getFileName()), HubDatabases::sha256)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
