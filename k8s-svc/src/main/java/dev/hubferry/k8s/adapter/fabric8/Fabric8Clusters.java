package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.kubernetes.CountedCalls;
import dev.hubferry.kubernetes.TracedCalls;
import dev.hubferry.trace.Traces;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One client for each configured cluster, made when it is first asked for, so that a bad kubeconfig harms that cluster alone. */
public final class Fabric8Clusters implements Clusters, AutoCloseable {
    private final Map<String, ClusterAccess> accesses;
    private final RequestLimits limits;
    private final Vertx vertx;
    private final CountedCalls calls;
    private final Traces traces;
    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

    /** @param accesses by connection name */
    public Fabric8Clusters(
            Map<String, ClusterAccess> accesses, RequestLimits limits, Vertx vertx, MeterRegistry registry) {
        this(accesses, limits, vertx, registry, Traces.NONE);
    }

    /** @param traces where requests to API servers are told */
    public Fabric8Clusters(
            Map<String, ClusterAccess> accesses,
            RequestLimits limits,
            Vertx vertx,
            MeterRegistry registry,
            Traces traces) {
        this.traces = traces;
        this.accesses = Map.copyOf(accesses);
        this.limits = limits;
        this.vertx = vertx;
        this.calls = new CountedCalls(registry);
    }

    @Override
    public HubCluster named(String connection) {
        ClusterAccess access = access(connection);
        KubernetesClient client = client(connection);
        ApiCalls calls = new ApiCalls(connection);
        HubSecrets secrets = new HubSecrets(client, calls, access.hubService());
        return new Fabric8HubCluster(
                connection,
                access.ingress(),
                new Fabric8View(client, calls, secrets),
                new Fabric8Changes(client, calls),
                new Fabric8Talk(client, calls, secrets, limits.timeout()));
    }

    /** Loads what a command needs and asks the cluster one question; fails with a Refusal when it does not answer. */
    public void rehearse(String connection) {
        HubCluster cluster = named(connection);
        ModelRehearsal.load(client(connection).getKubernetesSerialization());
        var unused = cluster.allows(new Access("list", "", "pods", ""));
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
    }

    private ClusterAccess access(String connection) {
        return Optional.ofNullable(accesses.get(connection))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.CONNECTION_UNKNOWN,
                        "k8s-svc is not configured with a cluster '%s'; it knows %s"
                                .formatted(connection, new TreeSet<>(accesses.keySet()))));
    }

    /** Those that are configured. */
    Set<String> names() {
        return accesses.keySet();
    }

    /** Fails with a Refusal when the cluster is not configured, or its kubeconfig cannot be read. */
    KubernetesClient client(String connection) {
        return clients.computeIfAbsent(connection, name -> connect(name, access(name)));
    }

    private KubernetesClient connect(String name, ClusterAccess access) {
        Config loaded = kubeconfig(name, access);
        Config tuned = new ConfigBuilder(loaded)
                .withRequestTimeout((int) limits.timeout().toMillis())
                .withConnectionTimeout((int) limits.connectTimeout().toMillis())
                .withRequestRetryBackoffLimit(limits.retries())
                .withUserAgent("hubferry-k8s-svc")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(tuned)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("metrics", calls)
                        .addOrReplaceInterceptor("traces", new TracedCalls(name, traces)))
                .build();
    }

    /** The file's content may be a credential; only its place is ever told. */
    private static Config kubeconfig(String name, ClusterAccess access) {
        try {
            return Config.fromKubeconfig(
                    access.context().orElse(null), access.kubeconfig().toFile());
        } catch (RuntimeException e) {
            // The parser's message quotes the file.
            throw Refusal.of(
                    ErrorCode.CLUSTER_AUTH_FAILED,
                    "the kubeconfig of cluster %s, %s, cannot be read (%s)"
                            .formatted(name, access.kubeconfig(), e.getClass().getSimpleName()));
        }
    }
}
