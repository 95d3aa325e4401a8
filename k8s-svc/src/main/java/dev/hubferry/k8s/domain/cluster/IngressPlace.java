package dev.hubferry.k8s.domain.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a cluster's ingress controller is, and how to reach hubs through it.
 *
 * @param services names its Service may have, the likeliest first
 * @param labels that its Service has, when none of the names exists
 * @param scheme {@code http} or {@code https}
 * @param trust PEM certificates to trust for https; those of the JVM when absent
 */
public record IngressPlace(
        String namespace,
        List<String> services,
        Map<String, String> labels,
        String scheme,
        int port,
        Optional<Path> trust) {}
