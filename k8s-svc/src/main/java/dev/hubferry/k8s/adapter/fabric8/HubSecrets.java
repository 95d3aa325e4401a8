package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a hub's Secret in memory only: nothing of it is logged, kept or handed on but what its methods return. */
final class HubSecrets {
    private static final String USUAL_SECRET = "hub";
    private static final String USUAL_CONFIG_MAP = "hub-config";
    private static final String VALUES = "values.yaml";

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final String hubService;

    /** @param hubService the JupyterHub service whose token may be used */
    HubSecrets(KubernetesClient client, ApiCalls calls, String hubService) {
        this.client = client;
        this.calls = calls;
        this.hubService = hubService;
    }

    Optional<HubSettings> settings(Workload hub) {
        return secretValue(hub, VALUES).or(() -> configMapValue(hub, VALUES)).flatMap(ChartValues::read);
    }

    /** The token of the service, for the hub's API alone. */
    Optional<String> token(Workload hub) {
        return secretValue(hub, "hub.services." + hubService + ".apiToken").filter(token -> !token.isBlank());
    }

    private Optional<String> secretValue(Workload hub, String key) {
        return names(hub.secrets(), USUAL_SECRET)
                .flatMap(name -> calls
                        .find(
                                new Access("get", "", "secrets", hub.namespace()),
                                () -> client.secrets()
                                        .inNamespace(hub.namespace())
                                        .withName(name)
                                        .get())
                        .map(Secret::getData)
                        .flatMap(data -> value(data, key))
                        .stream())
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .findFirst();
    }

    private Optional<String> configMapValue(Workload hub, String key) {
        return names(hub.configMaps(), USUAL_CONFIG_MAP)
                .flatMap(name -> calls
                        .find(
                                new Access("get", "", "configmaps", hub.namespace()),
                                () -> client.configMaps()
                                        .inNamespace(hub.namespace())
                                        .withName(name)
                                        .get())
                        .map(ConfigMap::getData)
                        .flatMap(data -> value(data, key))
                        .stream())
                .findFirst();
    }

    private static Optional<String> value(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key));
    }

    private static Stream<String> names(List<String> mounted, String usual) {
        return Stream.concat(mounted.stream(), Stream.of(usual)).distinct();
    }
}
