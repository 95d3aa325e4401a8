package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.HomesUse;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Ends every pod that could still write to the homes, each with its own grace period, and waits until it is really gone. */
public final class UserEviction {
    private final Clusters clusters;
    private final StorageServers storages;
    private final Patience patience;
    private final Limits limits;

    public UserEviction(Clusters clusters, StorageServers storages, Patience patience, Limits limits) {
        this.clusters = clusters;
        this.storages = storages;
        this.patience = patience;
        this.limits = limits;
    }

    /** Users' servers of this hub, and pods of its namespace that can write to its homes; returns how many were deleted. */
    public int evict(HubRef ref, HomesRef homes, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        HomesUse use = HomesUses.of(storages, homes);
        refuseForeign(use.writersElsewhere(cluster, hub), hub);
        return evict(cluster, () -> victims(cluster, hub, use), work);
    }

    /** Users' servers alone: for those that a hub had begun to start when it was stopped. */
    int evictServers(HubCluster cluster, Hub hub, Work work) throws InterruptedException {
        return evict(cluster, () -> servers(cluster, hub), work);
    }

    /** Users' servers that have not ended. */
    static List<Pod> servers(HubCluster cluster, Hub hub) {
        return cluster.pods(hub.namespace()).stream()
                .filter(pod -> hub.isUserServer(pod) && !pod.isOver())
                .toList();
    }

    private static List<Pod> victims(HubCluster cluster, Hub hub, HomesUse use) {
        List<Pod> writers = use.writersIn(cluster, hub.namespace()).stream()
                // The hub itself is stopped by the next step.
                .filter(pod -> !hub.deployment().owns(pod))
                .toList();
        return HomesUse.union(servers(cluster, hub), writers);
    }

    private int evict(HubCluster cluster, Supplier<List<Pod>> victims, Work work) throws InterruptedException {
        Set<String> seen = new HashSet<>();
        Optional<Boolean> gone = patience.await(limits.podsGone(), work, () -> {
            List<Pod> left = victims.get();
            left.forEach(pod -> seen.add(pod.uid()));
            left.stream().filter(pod -> !pod.terminating()).forEach(pod -> cluster.deletePod(pod, work));
            work.report("evicting users", seen.size() - left.size(), seen.size());
            return left.isEmpty() ? Optional.of(true) : Optional.empty();
        });
        if (gone.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.PODS_NOT_GONE,
                    ("pods that can write to the homes are still there after %d s: %s;"
                                    + " scale down what makes them again, or see why their node does not end them")
                            .formatted(limits.podsGone().toSeconds(), HubScale.names(victims.get())));
        }
        return seen.size();
    }

    private static void refuseForeign(List<Pod> foreign, Hub hub) {
        if (!foreign.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.PODS_NOT_GONE,
                    "pods outside namespace %s can write to the hub's homes and are not Hubferry's to delete: %s"
                            .formatted(hub.namespace(), HubScale.names(foreign)));
        }
    }
}
