package dev.hubferry.k8s.domain.cluster;

/** The clusters that this service is configured with. */
public interface Clusters {
    /** Fails with a {@link dev.hubferry.k8s.domain.Refusal} CONNECTION_UNKNOWN. */
    HubCluster named(String connection);
}
