package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.k8s.domain.Lease;
import java.util.Optional;

/**
 * Changing what is in a cluster. Every method asks the lease right before each request that changes something, may be repeated, and
 * fails as {@link ClusterView} does. When somebody else changed the object in between, it is read and changed again.
 */
public interface ClusterChanges {
    /** Shuts a Service by a selector entry that names the migration; it keeps its address. Does nothing when it is gone. */
    void hold(String namespace, String service, String migration, Lease lease);

    /** Takes the entry away again, whoever's it is; every other entry stays. Does nothing when there is none. */
    void unhold(String namespace, String service, Lease lease);

    /** Sets how many pods a Deployment is asked for. */
    void scale(String namespace, String deployment, int replicas, Lease lease);

    /** Deletes this very Service, not one that was made anew under its name. */
    void deleteService(Door service, Lease lease);

    /**
     * Makes a Service again from {@link ClusterView#serviceManifest}; empty while the one that was deleted is still going, or when another
     * one came in between: to be asked again.
     */
    Optional<Restored> restoreService(String namespace, String manifest, Lease lease);

    /** Deletes this very pod, which gets its own grace period. */
    void deletePod(Pod pod, Lease lease);

    /** Starts a pod that looks at a claim and ends, and returns it; does nothing when one of its name stands already, and is empty. */
    Optional<Pod> startProbe(HomesProbe probe, Lease lease);

    /** What came of making a Service again. */
    enum Restored {
        /** Made exactly as it was. */
        AS_BEFORE,
        /** Made, but its cluster address or a node port had been given to another Service. */
        WITH_OTHER_ADDRESS,
        /** It stood there, as it was. */
        STOOD_AS_BEFORE,
        /** Somebody else made one that differs; it was left alone. */
        STOOD_DIFFERENT
    }
}
