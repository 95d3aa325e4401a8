package dev.hubferry.k8s.adapter.fabric8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig.Timing;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.access.AccessRule;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.k8s.adapter.http.VertxFrontDoor;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.check.HubChecks;
import dev.hubferry.k8s.domain.check.RequiredAccess;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.moves.Fence;
import dev.hubferry.k8s.domain.moves.LiveCheck;
import dev.hubferry.k8s.domain.moves.SmokeTest;
import dev.hubferry.k8s.domain.moves.SourceHub;
import dev.hubferry.k8s.domain.moves.SourceWayIn;
import dev.hubferry.k8s.domain.moves.TargetHold;
import dev.hubferry.k8s.domain.moves.UserEviction;
import dev.hubferry.testbed.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Two real API servers (of our own) with a hub each, and the use cases on top of the real client. */
public final class FakeWorld implements AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public static final HubRef SOURCE = new HubRef("old", "astro", Optional.empty());
    public static final HubRef TARGET = new HubRef("new", "astro", Optional.empty());
    public static final HomesRef SOURCE_HOMES = new HomesRef("nfs-old", "/export/homes/astro");
    public static final HomesRef TARGET_HOMES = new HomesRef("nfs-new", "/export/homes/astro");
    private static final ObjectMapper SORTED = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Path directory;
    private final String serviceType;
    private final Vertx vertx = Vertx.vertx();
    public final FakeKubernetes old;
    public final FakeKubernetes fresh;
    public final Fabric8Clusters clusters;
    public Limits limits = new Limits(LONG, LONG, LONG, LONG, LONG);
    public MemoryWork work = new MemoryWork("m1");

    /** A world whose hubs have a public Service of this type; requests are sent once and not again. */
    public FakeWorld(Path directory, String serviceType, int retries, int doorPort) {
        this(directory, serviceType, new RequestLimits(LONG, LONG, retries), doorPort);
    }

    FakeWorld(Path directory, String serviceType, RequestLimits requests, int doorPort) {
        this.directory = directory;
        this.serviceType = serviceType;
        this.old = start("old", "10.0.0.1", "3.3.7", RequiredAccess.toSource("astro", "support"));
        this.fresh = start("new", "10.0.0.2", "3.3.7", RequiredAccess.toTarget("astro", "support"));
        this.clusters = new Fabric8Clusters(
                Map.of("old", access("old", old, doorPort), "new", access("new", fresh, doorPort)),
                requests,
                vertx,
                registry);
    }

    private FakeKubernetes start(String name, String nfs, String chart, List<Access> allowed) {
        try {
            Path homes = Files.createDirectories(directory.resolve(name + "-homes"));
            for (String home : List.of("ann", "john-2edoe-40x-2eedu", "_shared")) {
                Files.createDirectories(homes.resolve(home));
            }
            FakeKubernetes cluster = FakeKubernetes.start(
                    FakeKubernetesConfig.builder(name, Files.createDirectories(directory.resolve(name)))
                            .users(new FakeUser("ferry", name + "-token", rules(allowed)))
                            .loadBalancerAddresses("127.0.0.1", "127.0.0.7")
                            .nfsExports(Map.of(nfs + ":/export/homes/astro", homes))
                            .timing(new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), 0.02))
                            .runtimes(new HubRuntime())
                            .build());
            cluster.world()
                    .create(resource("hub.yaml")
                            .replace("${nfs}", nfs)
                            .replace("${chart}", chart)
                            .replace("${serviceType}", serviceType));
            awaitReady(cluster.world());
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitReady(World world) {
        Await.until(
                "hub and proxy to be ready",
                Duration.ofMinutes(2),
                () -> world.endpoints("astro", "proxy-public").size() == 1
                        && world.list(ResourceTypes.PODS, "astro", "component=hub").stream()
                                .anyMatch(pod -> pod.at("/status/containerStatuses/0/ready")
                                        .asBoolean()));
    }

    /** Only what the table of required access names. */
    private static List<AccessRule> rules(List<Access> allowed) {
        List<AccessRule> rules = new ArrayList<>();
        allowed.forEach(access -> rules.add(new AccessRule(
                List.of(access.verb()),
                List.of(access.group()),
                List.of(access.resource()),
                List.of(access.namespace().isEmpty() ? "*" : access.namespace()),
                List.of())));
        return rules;
    }

    private ClusterAccess access(String name, FakeKubernetes cluster, int doorPort) {
        try {
            Path kubeconfig = Files.writeString(directory.resolve(name + ".kubeconfig"), cluster.kubeconfig("ferry"));
            return new ClusterAccess(
                    kubeconfig,
                    Optional.empty(),
                    new IngressPlace(
                            "support",
                            List.of("support-ingress-nginx-controller", "cluster-entrypoint"),
                            Map.of("app.kubernetes.io/name", "ingress-nginx"),
                            "http",
                            doorPort,
                            Optional.empty()),
                    "hubferry");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a user's server on the source and waits until it runs. */
    public void startServer(String user, String home, int graceSeconds) {
        old.world()
                .create(resource("server.yaml")
                        .replace("${user}", user)
                        .replace("${directory}", home)
                        .replace("${grace}", Integer.toString(graceSeconds)));
        Await.until(
                "the server of " + user,
                Duration.ofMinutes(2),
                () -> old.world()
                        .find(ResourceTypes.PODS, "astro", "jupyter-" + home)
                        .orElseThrow()
                        .at("/status/phase")
                        .asText()
                        .equals("Running"));
    }

    /** What an NFS server does that is gone: nothing can be mounted. */
    public void loseTargetHomes() throws IOException {
        Files.move(directory.resolve("new-homes"), directory.resolve("lost"));
    }

    public void restart() {
        work = work.next();
    }

    /** The Service as people see it: everything but identity, version and times. */
    public String service(FakeKubernetes cluster) {
        return cluster.world()
                .find(ResourceTypes.SERVICES, "astro", "proxy-public")
                .map(FakeWorld::withoutIdentity)
                .map(FakeWorld::sorted)
                .orElse("none");
    }

    public int replicas(FakeKubernetes cluster) {
        return cluster.world()
                .find(ResourceTypes.DEPLOYMENTS, "astro", "hub")
                .orElseThrow()
                .at("/spec/replicas")
                .asInt();
    }

    public List<String> pods(FakeKubernetes cluster, String namespace) {
        return cluster.world().list(ResourceTypes.PODS, namespace, "").stream()
                .map(pod -> pod.at("/metadata/name").asText().replaceFirst("^(hub|proxy)-.*", "$1"))
                .sorted()
                .toList();
    }

    private static String sorted(ObjectNode object) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(object, TreeMap.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode withoutIdentity(ObjectNode service) {
        ObjectNode metadata = (ObjectNode) service.get("metadata");
        metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation"));
        return service;
    }

    Patience patience() {
        return new Patience(Thread::sleep, System::nanoTime, Duration.ofMillis(10));
    }

    StorageServers storages() {
        return connection -> switch (connection) {
            case "nfs-old" -> List.of("10.0.0.1");
            case "nfs-new" -> List.of("10.0.0.2");
            default -> List.of();
        };
    }

    public HubChecks checks() {
        return new HubChecks(clusters, storages());
    }

    public TargetHold targetHold() {
        return new TargetHold(clusters, patience(), limits, Clock.systemUTC());
    }

    public SourceWayIn sourceWayIn() {
        return new SourceWayIn(clusters, patience(), limits, Clock.systemUTC());
    }

    public UserEviction eviction() {
        return new UserEviction(clusters, storages(), patience(), limits);
    }

    public SourceHub sourceHub() {
        return new SourceHub(clusters, eviction(), patience(), limits);
    }

    public SmokeTest smokeTest() {
        return new SmokeTest(clusters, storages(), patience(), limits);
    }

    public Fence fence() {
        return new Fence(clusters, storages());
    }

    public LiveCheck liveCheck() {
        return new LiveCheck(clusters, new VertxFrontDoor(vertx), patience(), limits);
    }

    private static String resource(String name) {
        try (var in = FakeWorld.class.getResourceAsStream("/dev/hubferry/k8s/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clusters.close();
        old.close();
        fresh.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
