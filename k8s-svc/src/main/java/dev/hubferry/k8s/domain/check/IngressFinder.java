package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import java.util.List;
import java.util.Optional;

/**
 * Finds where DNS has to point for a hub: the load balancer of the cluster's ingress controller, or that of the hub's own public
 * Service when it is one and no Ingress leads to the hub.
 */
public final class IngressFinder {
    private IngressFinder() {}

    /** The address; empty when there is none (yet). */
    public static Optional<IngressAddress> find(HubCluster cluster, Hub hub) {
        Optional<Door> own = hub.publicService()
                .filter(Door::isLoadBalancer)
                .filter(door -> !cluster.isBehindIngress(door.namespace(), door.name()));
        return own.or(() -> controller(cluster)).flatMap(Door::address);
    }

    /** The address; fails with INGRESS_NOT_FOUND. */
    public static IngressAddress require(HubCluster cluster, Hub hub) {
        return find(cluster, hub).orElseThrow(() -> Refusal.of(ErrorCode.INGRESS_NOT_FOUND, sought(cluster, hub)));
    }

    /** For messages: where was looked for it. */
    static String sought(HubCluster cluster, Hub hub) {
        IngressPlace place = cluster.ingressPlace();
        return "cluster %s shows no load balancer address: neither Service %s in namespace %s, nor the public Service of %s, has one"
                .formatted(cluster.name(), String.join(" or ", place.services()), place.namespace(), hub.namespace());
    }

    private static Optional<Door> controller(HubCluster cluster) {
        IngressPlace place = cluster.ingressPlace();
        List<Door> doors = cluster.services(place.namespace());
        return place.services().stream()
                .flatMap(name -> doors.stream().filter(door -> door.name().equals(name)))
                .findFirst()
                .or(() -> doors.stream()
                        .filter(Door::isLoadBalancer)
                        .filter(door -> door.labels()
                                .entrySet()
                                .containsAll(place.labels().entrySet()))
                        .findFirst());
    }
}
