package dev.hubferry.fakes.kubernetes;

import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.access.Users;
import dev.hubferry.fakes.kubernetes.admission.ServiceAddresses;
import dev.hubferry.fakes.kubernetes.http.ApiServer;
import dev.hubferry.fakes.kubernetes.http.Faults;
import dev.hubferry.fakes.kubernetes.http.Mutations;
import dev.hubferry.fakes.kubernetes.http.PodStreams;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** A small cluster in this process: one API server, its controllers and one node. */
public final class FakeKubernetes implements AutoCloseable {

    private final FakeKubernetesConfig config;
    private final Vertx vertx;
    private final Users users;
    private final World world;
    private final Faults faults = new Faults();
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
        this.world = new World(store, registry, deletion);
        world.ensureNamespace("default");
        world.ensureNamespace("kube-system");
        this.server = new ApiServer(vertx, users, store, registry, deletion, new PodStreams(), faults);
        this.port = server.listen(config.host(), config.port());
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

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
