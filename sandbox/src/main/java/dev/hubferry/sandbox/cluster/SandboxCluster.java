package dev.hubferry.sandbox.cluster;

import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.sandbox.hub.FrontDoor;
import dev.hubferry.sandbox.hub.HubDatabase;
import dev.hubferry.sandbox.hub.HubRuntime;
import dev.hubferry.sandbox.hub.NfsExports;
import dev.hubferry.sandbox.work.UserRuntime;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A cluster with one hub in it, its users' servers, and the way in from outside. */
public final class SandboxCluster implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);

    private final Options options;
    private final FakeKubernetes kubernetes;
    private final FrontDoor frontDoor;
    private final Manifests manifests;

    /**
     * What the cluster is made of.
     *
     * @param name of the cluster; the front door names it as its hub
     * @param directory for its kubeconfig, volumes and pods
     * @param plan its hub
     * @param fresh the database that the hub makes for itself when it finds none
     * @param exports NFS exports that its volumes may name
     * @param users lets users work in their pods
     * @param addresses what its load balancers get, loopback addresses of its own
     * @param doorPort where the front door listens on each address
     * @param host the hub's DNS name
     * @param podNetwork first two octets of pod addresses
     */
    public record Options(
            String name,
            Path directory,
            HubPlan plan,
            HubDatabase fresh,
            NfsExports exports,
            UserRuntime users,
            List<String> addresses,
            int doorPort,
            String host,
            String podNetwork) {
        public Options {
            addresses = List.copyOf(addresses);
        }
    }

    private SandboxCluster(Options options) {
        this.options = options;
        this.manifests = new Manifests(options.plan());
        HubRuntime hubs = new HubRuntime(options.fresh());
        this.kubernetes = FakeKubernetes.start(
                FakeKubernetesConfig.builder(options.name(), options.directory().resolve("kubernetes"))
                        .loadBalancerAddresses(options.addresses().toArray(String[]::new))
                        .podNetwork(options.podNetwork())
                        .nfsExports(options.exports().directories())
                        .runtimes(hubs, options.users())
                        .build());
        this.frontDoor = FrontDoor.open(new FrontDoor.Options(
                options.name(),
                options.host(),
                options.addresses(),
                options.doorPort(),
                "support",
                options.plan().namespace(),
                kubernetes.world(),
                hubs,
                options.exports()));
    }

    /** Starts the cluster, empty. */
    public static SandboxCluster start(Options options) {
        SandboxCluster cluster = new SandboxCluster(options);
        cluster.writeKubeconfig();
        return cluster;
    }

    /** Installs the hub on the database that stands in {@link #databaseFile}, and waits until it is ready. */
    public void installHub() {
        world().create(manifests.hub());
        world().create(manifests.bystanders());
        Await.until(
                "the hub of " + options.name() + " to be ready",
                READY_LIMIT,
                () -> isReady("hub")
                        && isReady("proxy-public")
                        && frontDoor.address().isPresent());
    }

    /** Starts the servers of these users and waits until all are ready. */
    public void startServers(List<String> users) {
        users.forEach(user -> world().create(manifests.userPod(user)));
        Await.until(
                "the users' servers to be ready",
                READY_LIMIT,
                () -> userPods() == users.size()
                        && world().list(ResourceTypes.PODS, namespace(), "component=singleuser-server").stream()
                                .allMatch(
                                        pod -> pod.at("/status/phase").asText().equals("Running")));
    }

    /** Pods of users' servers that there are now. */
    public int userPods() {
        return world().list(ResourceTypes.PODS, namespace(), "component=singleuser-server")
                .size();
    }

    /** Lets users finish the change under way and do nothing more, whether their pods run on or not. */
    public void endUsersWork(Duration grace) {
        options.users().endWork(grace);
    }

    /** Where the hub's database is on this machine. */
    public Path databaseFile() {
        return databaseFile(options.directory(), options.plan().release());
    }

    /** Where the database of a cluster that is not started yet has to be put. */
    public static Path databaseFile(Path directory, String release) {
        return directory
                .resolve("kubernetes/volumes")
                .resolve(Manifests.databaseVolume(release))
                .resolve(HubRuntime.DATABASE);
    }

    /** The name of the pod in which a user's server runs. */
    public static String podName(String user) {
        return Manifests.podName(user);
    }

    public Path kubeconfigFile() {
        return options.directory().resolve("kubeconfig");
    }

    public FakeKubernetes kubernetes() {
        return kubernetes;
    }

    public FrontDoor frontDoor() {
        return frontDoor;
    }

    public World world() {
        return kubernetes.world();
    }

    private boolean isReady(String service) {
        return !world().endpoints(namespace(), service).isEmpty();
    }

    private String namespace() {
        return options.plan().namespace();
    }

    private void writeKubeconfig() {
        try {
            Files.createDirectories(options.directory());
            Files.writeString(kubeconfigFile(), "");
            Files.setPosixFilePermissions(kubeconfigFile(), PosixFilePermissions.fromString("rw-------"));
            Files.writeString(kubeconfigFile(), kubernetes.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + kubeconfigFile(), e);
        }
    }

    @Override
    public void close() {
        frontDoor.close();
        kubernetes.close();
    }
}
