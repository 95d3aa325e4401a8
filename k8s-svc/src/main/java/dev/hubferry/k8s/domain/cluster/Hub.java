package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.contracts.HubRef;
import java.util.List;
import java.util.Optional;

/**
 * One hub, found by its labels.
 *
 * @param deployment runs the hub's process
 * @param publicServices what lets users in: one, unless it was taken away or the hub is unusual
 * @param alone whether its namespace holds no other hub
 */
public record Hub(HubRef ref, Workload deployment, List<Door> publicServices, boolean alone) {

    public String namespace() {
        return ref.namespace();
    }

    /** The Helm release, or the Deployment's name when no label names one. */
    public String release() {
        return deployment.release().orElse(deployment.name());
    }

    /** Whether the pod is a user's server that this hub made. */
    public boolean isUserServer(Pod pod) {
        boolean ours = pod.release().map(release()::equals).orElse(alone);
        return pod.isUserServer() && pod.namespace().equals(namespace()) && ours;
    }

    /** Its public Service, when there is exactly one. */
    public Optional<Door> publicService() {
        return publicServices.size() == 1 ? Optional.of(publicServices.getFirst()) : Optional.empty();
    }

    /** For messages, such as {@code old/astro}. */
    public String described() {
        return ref.cluster() + "/" + ref.namespace();
    }
}
