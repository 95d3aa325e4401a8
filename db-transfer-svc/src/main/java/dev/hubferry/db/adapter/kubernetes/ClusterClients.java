package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.kubernetes.CountedCalls;
import dev.hubferry.kubernetes.TracedCalls;
import dev.hubferry.trace.Traces;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One client for each cluster, made when it is first needed. */
public final class ClusterClients implements AutoCloseable {
    private static final int RETRIES = 2;

    private final Map<String, Access> clusters;
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final CountedCalls calls;
    private final Traces traces;
    private final Map<String, KubernetesClient> clients = new HashMap<>();

    /**
     * @param clusters by the names that specs use
     * @param connectTimeout longest time for a connection to open
     * @param requestTimeout longest time for an answer
     */
    public ClusterClients(
            Map<String, Access> clusters, Duration connectTimeout, Duration requestTimeout, MeterRegistry registry) {
        this(clusters, connectTimeout, requestTimeout, registry, Traces.NONE);
    }

    /** @param traces where requests to API servers are told */
    public ClusterClients(
            Map<String, Access> clusters,
            Duration connectTimeout,
            Duration requestTimeout,
            MeterRegistry registry,
            Traces traces) {
        this.clusters = Map.copyOf(clusters);
        this.connectTimeout = connectTimeout;
        this.requestTimeout = requestTimeout;
        this.calls = new CountedCalls(registry);
        this.traces = traces;
    }

    /**
     * Where a cluster's credentials are.
     *
     * @param kubeconfig the file
     * @param context the context in it; the current one when empty
     */
    public record Access(Path kubeconfig, Optional<String> context) {}

    /**
     * The client for the cluster of that name.
     *
     * @throws Refusal {@link ErrorCode#CONNECTION_UNKNOWN} or {@link ErrorCode#CLUSTER_AUTH_FAILED} (no readable kubeconfig)
     */
    synchronized KubernetesClient of(String cluster) {
        Access access = clusters.get(cluster);
        if (access == null) {
            throw Refusal.of(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "cluster " + cluster,
                    "db-transfer-svc has no cluster of that name, only " + new TreeSet<>(clusters.keySet()),
                    "configure hubferry.db.clusters." + cluster + ".kubeconfig, or correct the name in the spec");
        }
        return clients.computeIfAbsent(cluster, name -> connect(name, access));
    }

    /** Those that are configured. */
    Set<String> names() {
        return clusters.keySet();
    }

    /** Forgets the client, so that the next one reads the kubeconfig again. */
    synchronized void forget(String cluster) {
        KubernetesClient client = clients.remove(cluster);
        if (client != null) {
            client.close();
        }
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(KubernetesClient::close);
        clients.clear();
    }

    private KubernetesClient connect(String cluster, Access access) {
        File file = access.kubeconfig().toFile();
        if (!Files.isReadable(access.kubeconfig())) {
            throw unusable(cluster, access, "it cannot be read");
        }
        Config loaded;
        try {
            loaded = Config.fromKubeconfig(access.context().orElse(null), file);
        } catch (RuntimeException e) {
            // The parser's message may quote the file, and the file holds credentials.
            throw unusable(cluster, access, "it is no kubeconfig");
        }
        Config config = new ConfigBuilder(loaded)
                .withConnectionTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .withRequestTimeout(Math.toIntExact(requestTimeout.toMillis()))
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("metrics", calls)
                        .addOrReplaceInterceptor("traces", new TracedCalls(cluster, traces)))
                .build();
    }

    private static Refusal unusable(String cluster, Access access, String why) {
        return Refusal.of(
                ErrorCode.CLUSTER_AUTH_FAILED,
                "cluster " + cluster,
                "the kubeconfig " + access.kubeconfig() + " cannot be used: " + why,
                "mount a kubeconfig there that db-transfer-svc may read");
    }
}
