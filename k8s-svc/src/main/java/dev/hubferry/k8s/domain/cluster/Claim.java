package dev.hubferry.k8s.domain.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * A PersistentVolumeClaim.
 *
 * @param volume the PersistentVolume that it is bound to
 */
public record Claim(String namespace, String name, Map<String, String> labels, Optional<String> volume) {
    /** Whether KubeSpawner made it for one user. */
    public boolean isOfOneUser() {
        return "singleuser-storage".equals(labels.get("component"));
    }
}
