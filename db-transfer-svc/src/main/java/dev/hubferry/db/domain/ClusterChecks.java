package dev.hubferry.db.domain;

import java.util.Optional;
import java.util.Set;

/** Finding out whether clusters answer. */
public interface ClusterChecks {
    /** The clusters that this service is configured with. */
    Set<String> names();

    /**
     * Asks a cluster whether it accepts the credentials, and for the version of its Kubernetes, such as {@code v1.34.1}; empty when it does
     * not tell.
     *
     * @throws Refusal whose text has nothing of what the other side said, which may repeat what it was sent
     */
    Optional<String> acceptedVersion(String cluster) throws InterruptedException;
}
