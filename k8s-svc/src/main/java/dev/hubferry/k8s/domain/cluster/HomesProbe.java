package dev.hubferry.k8s.domain.cluster;

import java.time.Duration;
import java.util.Map;

/**
 * A pod that mounts a claim for reading, as user and group 1000 and without any right, and runs one command.
 *
 * @param likePod the pod whose image, pull secrets, node selector and tolerations it takes
 * @param subPath the directory of the claim to mount; empty for all of it
 * @param script for {@code sh -c}; sees the directory at {@link #MOUNT}
 * @param deadline after which the cluster ends it, whatever happens to us
 */
public record HomesProbe(
        String namespace,
        String name,
        Map<String, String> labels,
        String likePod,
        String claim,
        String subPath,
        String script,
        Duration deadline) {
    public static final String MOUNT = "/homes";
}
