package dev.hubferry.k8s.adapter.fabric8;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a Service in order to make it again exactly as it was. */
final class ServiceManifests {
    private final KubernetesSerialization serialization;

    ServiceManifests(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /** The Service as JSON, without what the API server sets anew: identity, version, times, owners of fields, status. */
    String toJson(Service service) {
        Service bare = new ServiceBuilder(service)
                .editMetadata()
                .withUid(null)
                .withResourceVersion(null)
                .withCreationTimestamp(null)
                .withDeletionTimestamp(null)
                .withDeletionGracePeriodSeconds(null)
                .withGeneration(null)
                .withSelfLink(null)
                .withManagedFields(List.of())
                .endMetadata()
                .withStatus(null)
                .build();
        return serialization.asJson(bare);
    }

    Service fromJson(String json) {
        return serialization.unmarshal(json, Service.class);
    }

    /** The Service as kept, then with ever less of the addresses that another one may have got meanwhile. */
    static List<Service> ladder(Service kept) {
        return List.of(kept, withoutClusterIp(kept), withoutNodePorts(kept), withoutClusterIp(withoutNodePorts(kept)));
    }

    /** Whether both do the same, whatever addresses they were given. */
    boolean same(Service one, Service other) {
        return comparable(one).equals(comparable(other));
    }

    /** Whether both have the same cluster address and node ports, too. */
    static boolean sameAddresses(Service one, Service other) {
        return Objects.equals(one.getSpec().getClusterIP(), other.getSpec().getClusterIP())
                && nodePorts(one).equals(nodePorts(other));
    }

    private String comparable(Service service) {
        ServiceSpec spec = withoutClusterIp(withoutNodePorts(service)).getSpec();
        return serialization.asJson(spec)
                + serialization.asJson(sorted(service.getMetadata().getLabels()));
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : new TreeMap<>(labels);
    }

    private static Service withoutClusterIp(Service service) {
        // A headless Service asks for no address at all, which is part of what it is.
        if ("None".equals(service.getSpec().getClusterIP())) {
            return service;
        }
        return new ServiceBuilder(service)
                .editSpec()
                .withClusterIP(null)
                .withClusterIPs(List.of())
                .endSpec()
                .build();
    }

    private static Service withoutNodePorts(Service service) {
        Service copy = new ServiceBuilder(service)
                .editSpec()
                .withHealthCheckNodePort(null)
                .endSpec()
                .build();
        copy.getSpec().getPorts().forEach(port -> port.setNodePort(null));
        return copy;
    }

    private static List<@Nullable Integer> nodePorts(Service service) {
        List<@Nullable Integer> ports = new ArrayList<>();
        service.getSpec().getPorts().forEach(port -> ports.add(port.getNodePort()));
        return ports;
    }
}
