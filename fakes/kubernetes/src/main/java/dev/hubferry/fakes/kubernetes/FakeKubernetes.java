package dev.hubferry.fakes.kubernetes;

import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.access.Users;
import dev.hubferry.fakes.kubernetes.admission.ServiceAddresses;
import dev.hubferry.fakes.kubernetes.controller.ControlLoop;
import dev.hubferry.fakes.kubernetes.controller.ControlLoop.Reconciler;
import dev.hubferry.fakes.kubernetes.controller.DeploymentController;
import dev.hubferry.fakes.kubernetes.controller.GarbageCollector;
import dev.hubferry.fakes.kubernetes.controller.LoadBalancerController;
import dev.hubferry.fakes.kubernetes.controller.ReplicaSetController;
import dev.hubferry.fakes.kubernetes.controller.VolumeController;
import dev.hubferry.fakes.kubernetes.http.ApiServer;
import dev.hubferry.fakes.kubernetes.http.Faults;
import dev.hubferry.fakes.kubernetes.http.Mutations;
import dev.hubferry.fakes.kubernetes.http.PodStreams;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.node.Node;
import dev.hubferry.fakes.kubernetes.node.NodeConfig;
import dev.hubferry.fakes.kubernetes.node.VolumeDirectories;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.StoreEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;

/** A small cluster in this process: one API server, its controllers and one node. */
public final class FakeKubernetes implements AutoCloseable {

    private final FakeKubernetesConfig config;
    private final Vertx vertx;
    private final Users users;
    private final World world;
    private final Faults faults = new Faults();
    private final ControlLoop loop;
    private final Node node;
    private final ApiServer server;
    private final int port;

    private FakeKubernetes(FakeKubernetesConfig config) {
        this.config = config;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.users = new Users(config.users());
        ObjectStore store = new ObjectStore(config.historyLength());
        Registry registry = new Registry(store, new ServiceAddresses(store, config.serviceNetwork()), config.clock());
        Deletion deletion = new Deletion(store, config.clock());
        VolumeDirectories directories =
                new VolumeDirectories(store, config.dataDirectory().resolve("volumes"), config.nfsExports());
        store.listen(event -> reclaim(event, directories));
        this.world = new World(store, registry, deletion, directories);
        world.ensureNamespace("default");
        world.ensureNamespace("kube-system");
        this.loop = new ControlLoop(config.name(), store);
        this.node = new Node(nodeConfig(config), store, deletion, loop, directories);
        controllers(store, registry, deletion).forEach(loop::add);
        this.server = new ApiServer(
                vertx, users, store, registry, deletion, new PodStreams(vertx, store, node, faults), faults);
        this.port = server.listen(config.host(), config.port());
    }

    private static void reclaim(StoreEvent event, VolumeDirectories directories) {
        if (event instanceof StoreEvent.Deleted && event.type().equals(ResourceTypes.PERSISTENT_VOLUMES)) {
            Thread.ofVirtual().start(() -> directories.reclaim(event.object()));
        }
    }

    private List<Reconciler> controllers(ObjectStore store, Registry registry, Deletion deletion) {
        return List.of(
                new DeploymentController(store, registry, config.clock()),
                new ReplicaSetController(store, registry, deletion),
                new VolumeController(store, registry, deletion),
                new LoadBalancerController(
                        store,
                        loop,
                        config.loadBalancerAddresses(),
                        config.timing().address()),
                new GarbageCollector(store, deletion),
                node);
    }

    private static NodeConfig nodeConfig(FakeKubernetesConfig config) {
        return new NodeConfig(
                config.name() + "-node",
                config.dataDirectory().resolve("pods"),
                config.podNetwork(),
                config.runtimes(),
                config.timing().start(),
                config.timing().ready(),
                config.timing().graceScale(),
                config.clock());
    }

    /** Starts a cluster that serves its API when this returns. */
    public static FakeKubernetes start(FakeKubernetesConfig config) {
        return new FakeKubernetes(config);
    }

    /** Where the API is, such as {@code http://127.0.0.1:41234}. */
    public String url() {
        return "http://%s:%d".formatted(config.host(), port);
    }

    /** A kubeconfig of the first user. */
    public String kubeconfig() {
        return kubeconfig(config.users().getFirst().name());
    }

    /** A kubeconfig of a user, token included. */
    public String kubeconfig(String userName) {
        FakeUser user = users.named(userName);
        return """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %3$s
                    namespace: default
                users:
                - name: %3$s
                  user:
                    token: %4$s
                """.formatted(config.name(), url(), user.name(), user.token());
    }

    /** The objects, without the API in between. */
    public World world() {
        return world;
    }

    /** The nasty switches. */
    public Faults faults() {
        return faults;
    }

    /** What requests have changed. */
    public Mutations mutations() {
        return server.mutations();
    }

    /** Who may come in; users and rules may be changed at any time. */
    public Users users() {
        return users;
    }

    /** Ends every open watch, as a restarting API server does. */
    public void endWatches() {
        server.endWatches();
    }

    /** Ends the API and every process of every pod; the files of volumes stay. */
    @Override
    public void close() {
        loop.close();
        node.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
