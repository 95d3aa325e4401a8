package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stops and starts the one process that a hub is, and waits until it has happened. */
final class HubScale {
    private final Patience patience;
    private final Limits limits;

    HubScale(Patience patience, Limits limits) {
        this.patience = patience;
        this.limits = limits;
    }

    /** Returns when no pod of the hub is left; fails with PODS_NOT_GONE. */
    void stop(HubCluster cluster, Workload hub, Work work) throws InterruptedException {
        cluster.scale(hub.namespace(), hub.name(), 0, work);
        Optional<Boolean> gone = patience.await(
                limits.podsGone(), work, () -> podsOf(cluster, hub).isEmpty() ? Optional.of(true) : Optional.empty());
        if (gone.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.PODS_NOT_GONE,
                    "pods of the stopped hub are still there after %d s: %s"
                            .formatted(limits.podsGone().toSeconds(), names(podsOf(cluster, hub))));
        }
    }

    /** Asks for that many pods and returns when they are ready; fails with HUB_NOT_READY. */
    void start(HubCluster cluster, Workload hub, int replicas, Work work) throws InterruptedException {
        cluster.scale(hub.namespace(), hub.name(), replicas, work);
        if (replicas == 0) {
            return;
        }
        Optional<Workload> ready = patience.await(
                limits.hubReady(),
                work,
                () -> cluster.deployment(hub.namespace(), hub.name()).filter(Workload::isReady));
        if (ready.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.HUB_NOT_READY,
                    "hub %s/%s is not ready after %d s: %s"
                            .formatted(
                                    hub.namespace(),
                                    hub.name(),
                                    limits.hubReady().toSeconds(),
                                    troubles(cluster.pods(hub.namespace()).stream()
                                            .filter(hub::owns)
                                            .toList())));
        }
    }

    /** Pods of the hub that may still run; one that has ended, evicted by its node for instance, stays in the list and does nothing. */
    static List<Pod> podsOf(HubCluster cluster, Workload hub) {
        return cluster.pods(hub.namespace()).stream()
                .filter(pod -> hub.owns(pod) && !pod.isOver())
                .toList();
    }

    static String names(List<Pod> pods) {
        return pods.stream().map(Pod::described).collect(Collectors.joining(", "));
    }

    private static String troubles(List<Pod> pods) {
        return pods.isEmpty()
                ? "it has no pod"
                : pods.stream()
                        .map(pod -> pod.name() + " is " + pod.phase()
                                + pod.trouble().map(why -> " (" + why + ")").orElse(""))
                        .collect(Collectors.joining(", "));
    }
}
