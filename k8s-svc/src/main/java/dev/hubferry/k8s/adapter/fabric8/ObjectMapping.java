package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** From the API's objects to the domain's. */
final class ObjectMapping {
    private ObjectMapping() {}

    static Workload workload(Deployment deployment) {
        var spec = deployment.getSpec();
        var pod = spec.getTemplate().getSpec();
        return new Workload(
                deployment.getMetadata().getNamespace(),
                deployment.getMetadata().getName(),
                PodMapping.orEmpty(deployment.getMetadata().getLabels()),
                pod.getContainers().getFirst().getImage(),
                spec.getSelector() == null
                        ? Map.of()
                        : PodMapping.orEmpty(spec.getSelector().getMatchLabels()),
                spec.getReplicas() == null ? 1 : spec.getReplicas(),
                readyReplicas(deployment),
                pod.getVolumes().stream()
                        .filter(volume -> volume.getSecret() != null)
                        .map(volume -> volume.getSecret().getSecretName())
                        .toList(),
                pod.getVolumes().stream()
                        .filter(volume -> volume.getConfigMap() != null)
                        .map(volume -> volume.getConfigMap().getName())
                        .toList());
    }

    /** None while the controller has not yet seen the last change: the count would be of the former generation. */
    private static int readyReplicas(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getReadyReplicas() == null) {
            return 0;
        }
        Long generation = deployment.getMetadata().getGeneration();
        boolean seen = generation == null
                || (status.getObservedGeneration() != null && status.getObservedGeneration() >= generation);
        return seen ? status.getReadyReplicas() : 0;
    }

    static Door door(Service service) {
        var spec = service.getSpec();
        return new Door(
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                service.getMetadata().getUid(),
                spec.getType() == null ? "ClusterIP" : spec.getType(),
                PodMapping.orEmpty(service.getMetadata().getLabels()),
                PodMapping.orEmpty(spec.getSelector()),
                addresses(service));
    }

    private static List<IngressAddress> addresses(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return List.of();
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .flatMap(ObjectMapping::addresses)
                .toList();
    }

    private static Stream<IngressAddress> addresses(LoadBalancerIngress ingress) {
        Stream<IngressAddress> ip = Stream.ofNullable(ingress.getIp())
                .filter(value -> !value.isBlank())
                .map(value -> new IngressAddress(
                        value.contains(":") ? IngressAddress.Kind.IPV6 : IngressAddress.Kind.IPV4, value));
        Stream<IngressAddress> name = Stream.ofNullable(ingress.getHostname())
                .filter(value -> !value.isBlank())
                .map(value -> new IngressAddress(IngressAddress.Kind.HOSTNAME, value));
        return Stream.concat(ip, name);
    }

    static Claim claim(PersistentVolumeClaim claim) {
        return new Claim(
                claim.getMetadata().getNamespace(),
                claim.getMetadata().getName(),
                PodMapping.orEmpty(claim.getMetadata().getLabels()),
                Optional.ofNullable(claim.getSpec().getVolumeName()).filter(name -> !name.isEmpty()));
    }

    static Volume volume(PersistentVolume volume) {
        PersistentVolumeSpec spec = volume.getSpec();
        var claim = Optional.ofNullable(spec.getClaimRef());
        return new Volume(
                volume.getMetadata().getName(),
                export(spec),
                kind(spec),
                claim.map(ref -> ref.getNamespace()),
                claim.map(ref -> ref.getName()));
    }

    private static Optional<NfsExport> export(PersistentVolumeSpec spec) {
        if (spec.getNfs() != null) {
            return Optional.of(
                    new NfsExport(spec.getNfs().getServer(), spec.getNfs().getPath()));
        }
        if (spec.getCsi() != null && "nfs.csi.k8s.io".equals(spec.getCsi().getDriver())) {
            Map<String, String> attributes = PodMapping.orEmpty(spec.getCsi().getVolumeAttributes());
            String directory = Objects.requireNonNullElse(attributes.get("subdir"), "");
            return Optional.ofNullable(attributes.get("server"))
                    .map(server -> new NfsExport(server, attributes.getOrDefault("share", "/")).below(directory));
        }
        return Optional.empty();
    }

    private static String kind(PersistentVolumeSpec spec) {
        if (spec.getNfs() != null) {
            return "nfs";
        }
        return spec.getCsi() != null ? "csi " + spec.getCsi().getDriver() : "other than nfs";
    }
}
