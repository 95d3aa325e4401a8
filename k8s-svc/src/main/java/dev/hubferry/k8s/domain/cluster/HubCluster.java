package dev.hubferry.k8s.domain.cluster;

/** One cluster that hubs live in. */
public interface HubCluster extends ClusterView, ClusterChanges, HubTalk {
    /** The connection's name. */
    String name();

    /** Where to look for its ingress controller. */
    IngressPlace ingressPlace();
}
