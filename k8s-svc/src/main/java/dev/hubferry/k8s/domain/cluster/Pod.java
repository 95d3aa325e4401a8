package dev.hubferry.k8s.domain.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod.
 *
 * @param uid of this very pod
 * @param phase such as {@code Running}
 * @param trouble why it does not run, in the cluster's words; empty when nothing is wrong
 * @param controller what made it and would make it again, such as {@code ReplicaSet metrics-5d4}; empty for a pod on its own
 * @param mounts what its containers see of volumes
 */
public record Pod(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        Map<String, String> annotations,
        String phase,
        boolean terminating,
        boolean ready,
        Optional<String> trouble,
        Optional<String> controller,
        List<Mount> mounts) {

    public boolean isUserServer() {
        return Labels.isUserServer(labels);
    }

    public Optional<String> release() {
        return Labels.release(labels);
    }

    /** Whether all its containers have ended for good. */
    public boolean isOver() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** The raw name of the user whose server it is. */
    public Optional<String> user() {
        return Optional.ofNullable(annotations.get(Labels.USERNAME));
    }

    /** The raw name of the user's server; empty for the unnamed one. */
    public String server() {
        return annotations.getOrDefault(Labels.SERVERNAME, "");
    }

    public Optional<String> kubeSpawnerVersion() {
        return Optional.ofNullable(annotations.get(Labels.KUBESPAWNER_VERSION));
    }

    public Optional<String> jupyterHubVersion() {
        return Optional.ofNullable(annotations.get(Labels.JUPYTERHUB_VERSION));
    }

    /** For messages, such as {@code astro/jupyter-ann (made by ReplicaSet x)}. */
    public String described() {
        return namespace + "/" + name
                + controller.map(by -> " (made by " + by + ")").orElse("");
    }
}
