package dev.hubferry.k8s;

import dev.hubferry.k8s.adapter.fabric8.ClusterAccess;
import dev.hubferry.k8s.adapter.fabric8.RequestLimits;
import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From the service's settings to what the domain and its adapters take. */
final class ClusterWiring {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private ClusterWiring() {}

    static Map<String, ClusterAccess> accesses(K8sConfig config) {
        return config.clusters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> access(entry.getValue())));
    }

    static RequestLimits requests(K8sConfig config) {
        K8sConfig.Requests requests = config.requests();
        return new RequestLimits(requests.timeout(), requests.connectTimeout(), requests.retries());
    }

    static Limits limits(K8sConfig config) {
        K8sConfig.Waits waits = config.waits();
        return new Limits(waits.podsGone(), waits.hubReady(), waits.serviceGone(), waits.homesProbe(), waits.live());
    }

    static StorageServers storages(K8sConfig config) {
        return connection -> Optional.ofNullable(config.storages().get(connection))
                .map(K8sConfig.Storage::nfsServers)
                .orElse(List.of());
    }

    private static ClusterAccess access(K8sConfig.Cluster cluster) {
        return new ClusterAccess(
                cluster.kubeconfig(), cluster.context(), place(cluster.ingress()), cluster.hubService());
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
