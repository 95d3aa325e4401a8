package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.ClusterView;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sees a cluster through the fabric8 client; lists and namespaces are always explicit. */
final class Fabric8View implements ClusterView {
    private final KubernetesClient client;
    private final ApiCalls calls;
    private final HubSecrets secrets;
    private final ServiceManifests manifests;

    Fabric8View(KubernetesClient client, ApiCalls calls, HubSecrets secrets) {
        this.client = client;
        this.calls = calls;
        this.secrets = secrets;
        this.manifests = new ServiceManifests(client.getKubernetesSerialization());
    }

    @Override
    public boolean allows(Access access) {
        String[] parts = access.resource().split("/", 2);
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(access.verb())
                .withGroup(access.group())
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withNamespace(access.namespace().isEmpty() ? null : access.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
        Access asking = new Access("create", "authorization.k8s.io", "selfsubjectaccessreviews", "");
        return calls.find(asking, () -> client.resource(question).create())
                .map(answer -> Boolean.TRUE.equals(answer.getStatus().getAllowed()))
                .orElse(false);
    }

    @Override
    public List<Workload> deployments(String namespace) {
        return list(
                new Access("list", "apps", "deployments", namespace),
                options -> client.apps().deployments().inNamespace(namespace).list(options),
                ObjectMapping::workload);
    }

    @Override
    public Optional<Workload> deployment(String namespace, String name) {
        return calls.find(
                        new Access("get", "apps", "deployments", namespace),
                        () -> client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(ObjectMapping::workload);
    }

    @Override
    public List<Door> services(String namespace) {
        return list(
                new Access("list", "", "services", namespace),
                options -> client.services().inNamespace(namespace).list(options),
                ObjectMapping::door);
    }

    @Override
    public Optional<Door> service(String namespace, String name) {
        return calls.find(
                        new Access("get", "", "services", namespace),
                        () -> client.services()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(ObjectMapping::door);
    }

    @Override
    public Optional<String> serviceManifest(String namespace, String name) {
        return calls.find(
                        new Access("get", "", "services", namespace),
                        () -> client.services()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(manifests::toJson);
    }

    @Override
    public List<Pod> pods(String namespace) {
        return list(
                new Access("list", "", "pods", namespace),
                options -> client.pods().inNamespace(namespace).list(options),
                PodMapping::of);
    }

    @Override
    public Optional<Pod> pod(String namespace, String name) {
        return calls.find(
                        new Access("get", "", "pods", namespace),
                        () -> client.pods()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(PodMapping::of);
    }

    @Override
    public List<Pod> podsOfAllNamespaces() {
        return list(
                new Access("list", "", "pods", ""),
                options -> client.pods().inAnyNamespace().list(options),
                PodMapping::of);
    }

    @Override
    public List<Claim> claims(String namespace) {
        return list(
                new Access("list", "", "persistentvolumeclaims", namespace),
                options ->
                        client.persistentVolumeClaims().inNamespace(namespace).list(options),
                ObjectMapping::claim);
    }

    @Override
    public List<Volume> volumes() {
        return list(
                new Access("list", "", "persistentvolumes", ""),
                options -> client.persistentVolumes().list(options),
                ObjectMapping::volume);
    }

    @Override
    public Optional<HubSettings> settings(Workload hub) {
        return secrets.settings(hub);
    }

    @Override
    public boolean isBehindIngress(String namespace, String service) {
        // The one kind that a cluster may do without.
        return calls
                .find(
                        new Access("list", "networking.k8s.io", "ingresses", namespace),
                        () -> Pages.all(options -> client.network()
                                .v1()
                                .ingresses()
                                .inNamespace(namespace)
                                .list(options)))
                .orElse(List.of())
                .stream()
                .map(Fabric8View::backends)
                .anyMatch(backends -> backends.contains(service));
    }

    private static List<String> backends(Ingress ingress) {
        Stream<IngressBackend> ofRules = ingress.getSpec().getRules().stream()
                .filter(rule -> rule.getHttp() != null)
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .map(path -> path.getBackend());
        return Stream.concat(ofRules, Stream.ofNullable(ingress.getSpec().getDefaultBackend()))
                .filter(backend -> backend.getService() != null)
                .map(backend -> backend.getService().getName())
                .toList();
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>, R> List<R> list(
            Access access, Function<ListOptions, L> page, Function<T, R> mapping) {
        return calls.list(access, () -> Pages.all(page)).stream().map(mapping).toList();
    }
}
