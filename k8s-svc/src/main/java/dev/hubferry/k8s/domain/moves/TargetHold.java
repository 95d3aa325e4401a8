package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps users out of the target from before the first byte is copied until the pivot.
 *
 * <pre>
 *             way in   hub
 *  as found   open     running
 *  hold       held     stopped     release: as found
 *  start      held     running     stop: held, stopped
 *  open       open     running     (the pivot: no way back)
 * </pre>
 */
public final class TargetHold {
    private final Clusters clusters;
    private final HubScale scale;
    private final HomesProbes probes;
    private final Clock clock;

    public TargetHold(Clusters clusters, Patience patience, Limits limits, Clock clock) {
        this.clusters = clusters;
        this.scale = new HubScale(patience, limits);
        this.probes = new HomesProbes(patience, limits);
        this.clock = clock;
    }

    /** Shuts the way in first, then stops the hub; fails with PODS_NOT_GONE when somebody got in before that. */
    public void hold(HubRef ref, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        Door door = doorOf(hub);
        refuseIfHeldByOther(door, work);
        work.journal().recordBefore(Effects.TARGET_SERVICE_HELD, Effects.name(door.name()));
        cluster.hold(hub.namespace(), door.name(), work.migration().value(), work);
        work.journal()
                .recordBefore(
                        Effects.TARGET_HUB_STOPPED,
                        Integer.toString(hub.deployment().replicas()));
        scale.stop(cluster, hub.deployment(), work);
        refuseWriters(cluster, hub);
    }

    /** Only now can no more servers come: the hub that would start them is gone. */
    private static void refuseWriters(HubCluster cluster, Hub hub) {
        List<Pod> writers = TargetWriters.find(cluster, hub);
        if (!writers.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.PODS_NOT_GONE,
                    "pods can write to the homes of the target %s, which nobody may use yet: %s; stop them"
                            .formatted(hub.described(), HubScale.names(writers)));
        }
    }

    /** Undoes {@link #hold}; false when it never happened. */
    public boolean release(HubRef ref, Work work) {
        Optional<String> service = Effects.name(work.journal(), Effects.TARGET_SERVICE_HELD);
        Optional<Integer> replicas = Effects.number(work.journal(), Effects.TARGET_HUB_STOPPED);
        if (service.isEmpty() && replicas.isEmpty()) {
            return false;
        }
        HubCluster cluster = clusters.named(ref.cluster());
        if (replicas.isPresent()) {
            Hub hub = Hubs.find(cluster, ref);
            cluster.scale(hub.namespace(), hub.deployment().name(), replicas.get(), work);
            work.journal().forget(Effects.TARGET_HUB_STOPPED);
        }
        service.ifPresent(name -> cluster.unhold(ref.namespace(), name, work));
        work.journal().forget(Effects.TARGET_SERVICE_HELD);
        return true;
    }

    /** Starts the hub behind the shut way in and returns when it is ready. */
    public void start(HubRef ref, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        requireHeld(hub, work);
        int before = Effects.number(work.journal(), Effects.TARGET_HUB_STOPPED).orElse(1);
        work.journal()
                .recordBefore(
                        Effects.TARGET_HUB_STARTED,
                        Integer.toString(hub.deployment().replicas()));
        scale.start(cluster, hub.deployment(), Math.max(1, before), work);
    }

    /** Undoes {@link #start}: the hub is stopped, and still held; false when it never happened. */
    public boolean stop(HubRef ref, Work work) throws InterruptedException {
        if (work.journal().before(Effects.TARGET_HUB_STARTED).isEmpty()) {
            return false;
        }
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        probes.reap(cluster, hub.namespace(), work);
        scale.stop(cluster, hub.deployment(), work);
        work.journal().forget(Effects.TARGET_HUB_STARTED);
        return true;
    }

    /** The pivot: lets users in. */
    public Instant open(HubRef ref, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        Door door = doorOf(hub);
        probes.reap(cluster, hub.namespace(), work);
        refuseIfHeldByOther(door, work);
        cluster.unhold(hub.namespace(), door.name(), work);
        return Effects.firstTime(work.journal(), Effects.TARGET_OPENED_AT, clock.instant());
    }

    /** The hub's public Service, which this migration holds shut; fails with FENCE_BROKEN when it does not. */
    static Door requireHeld(Hub hub, Work work) {
        Door door = doorOf(hub);
        if (!isHeldBy(door, work)) {
            throw Refusal.of(
                    ErrorCode.FENCE_BROKEN,
                    "Service %s of the target %s is not held by this migration any more: somebody opened or redeployed it"
                            .formatted(door.name(), hub.described()));
        }
        return door;
    }

    static boolean isHeldBy(Door door, Work work) {
        return door.holder().equals(Optional.of(work.migration().value()));
    }

    private static void refuseIfHeldByOther(Door door, Work work) {
        door.holder().filter(holder -> !holder.equals(work.migration().value())).ifPresent(holder -> {
            throw Refusal.of(
                    ErrorCode.HUB_NOT_READY,
                    "Service %s/%s is held by migration %s".formatted(door.namespace(), door.name(), holder));
        });
    }

    private static Door doorOf(Hub hub) {
        return hub.publicService()
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.HUB_NOT_FOUND,
                        "hub %s has %d Services with the label component=proxy-public where one is needed"
                                .formatted(hub.described(), hub.publicServices().size())));
    }
}
