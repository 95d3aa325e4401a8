package dev.hubferry.k8s.domain.cluster;

import java.util.Optional;
import java.util.Set;

/** Finding out whether clusters answer. */
public interface ClusterChecks {
    /** The clusters that this service is configured with. */
    Set<String> names();

    /** The storage connections whose NFS servers this service knows. */
    Set<String> storages();

    /**
     * Asks a cluster whether it accepts the credentials, and for the version of its Kubernetes, such as {@code v1.34.1}; empty when it does
     * not tell. Fails with a {@link dev.hubferry.k8s.domain.Refusal} CLUSTER_UNREACHABLE or CLUSTER_AUTH_FAILED whose text has nothing of
     * what the other side said: that may repeat what it was sent.
     */
    Optional<String> version(String connection);
}
