package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Hubs;
import java.util.Optional;

/** Stops the source hub's process and starts it again. */
public final class SourceHub {
    private final Clusters clusters;
    private final UserEviction eviction;
    private final HubScale scale;

    public SourceHub(Clusters clusters, UserEviction eviction, Patience patience, Limits limits) {
        this.clusters = clusters;
        this.eviction = eviction;
        this.scale = new HubScale(patience, limits);
    }

    /** Returns when no pod of the hub is left, nor a server that it had begun to start. */
    public void stop(HubRef ref, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        work.journal()
                .recordBefore(
                        Effects.SOURCE_HUB_STOPPED,
                        Integer.toString(hub.deployment().replicas()));
        scale.stop(cluster, hub.deployment(), work);
        int stragglers = eviction.evictServers(cluster, hub, work);
        work.report("stopped the source hub", stragglers, stragglers);
    }

    /** Undoes {@link #stop}: as many replicas as before, and ready; false when it never happened. */
    public boolean start(HubRef ref, Work work) throws InterruptedException {
        Optional<Integer> replicas = Effects.number(work.journal(), Effects.SOURCE_HUB_STOPPED);
        if (replicas.isEmpty()) {
            return false;
        }
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        scale.start(cluster, hub.deployment(), replicas.get(), work);
        work.journal().forget(Effects.SOURCE_HUB_STOPPED);
        return true;
    }
}
