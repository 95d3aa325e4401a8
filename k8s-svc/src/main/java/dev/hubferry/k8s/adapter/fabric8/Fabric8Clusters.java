package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One client for each configured cluster, made when it is first asked for, so that a bad kubeconfig harms that cluster alone. */
@ApplicationScoped
public class Fabric8Clusters implements Clusters {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final K8sConfig config;
    private final Vertx vertx;
    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

    public Fabric8Clusters(K8sConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    @Override
    public HubCluster named(String connection) {
        K8sConfig.Cluster settings = Optional.ofNullable(config.clusters().get(connection))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.CONNECTION_UNKNOWN,
                        "k8s-svc is not configured with a cluster '%s'; it knows %s"
                                .formatted(connection, config.clusters().keySet())));
        KubernetesClient client = clients.computeIfAbsent(connection, name -> client(name, settings));
        ApiCalls calls = new ApiCalls(connection);
        HubSecrets secrets = new HubSecrets(client, calls, settings.hubService());
        return new Fabric8HubCluster(
                connection,
                place(settings.ingress()),
                new Fabric8View(client, calls, secrets),
                new Fabric8Changes(client, calls),
                new Fabric8Talk(client, calls, secrets, config.requests().timeout()));
    }

    @PreDestroy
    void close() {
        clients.values().forEach(KubernetesClient::close);
    }

    private KubernetesClient client(String name, K8sConfig.Cluster settings) {
        Config loaded = kubeconfig(name, settings);
        Config tuned = new ConfigBuilder(loaded)
                .withRequestTimeout((int) config.requests().timeout().toMillis())
                .withConnectionTimeout((int) config.requests().connectTimeout().toMillis())
                .withRequestRetryBackoffLimit(config.requests().retries())
                .withUserAgent("hubferry-k8s-svc")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(tuned)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }

    /** The file's content may be a credential; only its place is ever told. */
    private static Config kubeconfig(String name, K8sConfig.Cluster settings) {
        try {
            String content = Files.readString(settings.kubeconfig());
            String path = settings.kubeconfig().toAbsolutePath().toString();
            return Config.fromKubeconfig(settings.context().orElse(null), content, path);
        } catch (IOException | KubernetesClientException e) {
            throw Refusal.of(
                    ErrorCode.CLUSTER_AUTH_FAILED,
                    "the kubeconfig of cluster %s, %s, cannot be read (%s)"
                            .formatted(name, settings.kubeconfig(), e.getClass().getSimpleName()));
        }
    }

    private static IngressPlace place(K8sConfig.Ingress ingress) {
        int usual = switch (ingress.scheme()) {
            case HTTP -> HTTP;
            case HTTPS -> HTTPS;
        };
        return new IngressPlace(
                ingress.namespace(),
                ingress.services(),
                Map.of(
                        "app.kubernetes.io/name", ingress.labelName(),
                        "app.kubernetes.io/component", ingress.labelComponent()),
                ingress.scheme().name().toLowerCase(Locale.ROOT),
                ingress.port().orElse(usual),
                ingress.trust());
    }
}
