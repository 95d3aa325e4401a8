package dev.hubferry.db.adapter.kubernetes;

import java.time.Duration;

/**
 * How long, how often and how much the short-lived pods may.
 *
 * @param deadline longest life of a pod
 * @param readyTimeout longest wait until it is ready
 * @param goneTimeout longest wait until it is gone
 * @param operationTimeout longest time for one operation in it
 * @param attempts how often an operation is tried whose answer did not arrive whole; at least 1
 * @param cpuRequest as Kubernetes writes it
 * @param memoryRequest as Kubernetes writes it
 * @param memoryLimit as Kubernetes writes it
 */
public record PodLimits(
        Duration deadline,
        Duration readyTimeout,
        Duration goneTimeout,
        Duration operationTimeout,
        int attempts,
        String cpuRequest,
        String memoryRequest,
        String memoryLimit) {
    public PodLimits {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, but was " + attempts);
        }
    }
}
