package dev.hubferry.k8s.domain.moves;

import dev.hubferry.k8s.domain.check.HomesFinder;
import dev.hubferry.k8s.domain.cluster.HomesUse;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.util.List;

/** Who could write to the homes of a target that nobody may use yet, so that they would differ from what was copied. */
final class TargetWriters {
    private TargetWriters() {}

    /** Users' servers, and pods of any namespace that can write to the homes that the target mounts; not the hub's own. */
    static List<Pod> find(HubCluster cluster, Hub hub) {
        HubSettings settings = cluster.settings(hub.deployment()).orElseGet(HubSettings::unknown);
        NfsExport homes = HomesFinder.require(cluster, hub, settings).homes();
        HomesUse use = new HomesUse(List.of(homes.server()), homes.path());
        return HomesUse.union(UserEviction.servers(cluster, hub), use.writers(cluster)).stream()
                .filter(pod -> !hub.deployment().owns(pod))
                .toList();
    }
}
