package dev.hubferry.k8s.domain.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment.
 *
 * @param image of its first container
 * @param podLabels its selector: labels that its pods have
 * @param replicas how many it is asked for
 * @param readyReplicas how many of the current generation are ready
 * @param secrets that its pods mount
 * @param configMaps that its pods mount
 */
public record Workload(
        String namespace,
        String name,
        Map<String, String> labels,
        String image,
        Map<String, String> podLabels,
        int replicas,
        int readyReplicas,
        List<String> secrets,
        List<String> configMaps) {

    public boolean isHub() {
        return Labels.isPart(labels, "hub");
    }

    public Optional<String> release() {
        return Labels.release(labels);
    }

    public Optional<String> chartVersion() {
        return Labels.chartVersion(labels);
    }

    public boolean owns(Pod pod) {
        return !podLabels.isEmpty()
                && pod.namespace().equals(namespace)
                && pod.labels().entrySet().containsAll(podLabels.entrySet());
    }

    public boolean isReady() {
        return replicas > 0 && readyReplicas >= replicas;
    }
}
