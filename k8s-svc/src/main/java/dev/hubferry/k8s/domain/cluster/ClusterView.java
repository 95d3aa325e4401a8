package dev.hubferry.k8s.domain.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Seeing what is in a cluster. Every method fails with a {@link dev.hubferry.k8s.domain.Refusal}: CLUSTER_UNREACHABLE,
 * CLUSTER_AUTH_FAILED, or PERMISSION_MISSING naming what is not allowed. An object that does not exist is empty, not a failure.
 */
public interface ClusterView {
    boolean allows(Access access);

    List<Workload> deployments(String namespace);

    Optional<Workload> deployment(String namespace, String name);

    List<Door> services(String namespace);

    Optional<Door> service(String namespace, String name);

    /** The Service as it has to be made again: JSON without what the API server sets itself. */
    Optional<String> serviceManifest(String namespace, String name);

    List<Pod> pods(String namespace);

    Optional<Pod> pod(String namespace, String name);

    List<Pod> podsOfAllNamespaces();

    List<Claim> claims(String namespace);

    List<Volume> volumes();

    /** What the chart's values say of homes: in a Secret that the hub mounts, or in a ConfigMap with old charts. */
    Optional<HubSettings> settings(Workload hub);

    /** Whether an Ingress of the namespace leads to the Service. */
    boolean isBehindIngress(String namespace, String service);
}
