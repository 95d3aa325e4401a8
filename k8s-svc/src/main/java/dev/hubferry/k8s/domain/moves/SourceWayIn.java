package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.k8s.domain.Journal;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Hubs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Closes the source and opens it again.
 *
 * <p>Its public Service is deleted and its manifest kept. A Service of type LoadBalancer would come back with another address, so it
 * is shut by its selector instead.
 */
public final class SourceWayIn {
    private final Clusters clusters;
    private final Patience patience;
    private final Limits limits;
    private final Clock clock;

    public SourceWayIn(Clusters clusters, Patience patience, Limits limits, Clock clock) {
        this.clusters = clusters;
        this.patience = patience;
        this.limits = limits;
        this.clock = clock;
    }

    /** Returns when the way in was first shut. */
    public Instant close(HubRef ref, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Optional<Boolean> closed = patience.await(limits.serviceGone(), work, () -> {
            Hub hub = Hubs.find(cluster, ref);
            refuseSeveral(hub);
            List<Door> open = openDoors(hub, work);
            open.forEach(door -> shut(cluster, door, work));
            return open.isEmpty() ? Optional.of(true) : Optional.empty();
        });
        if (closed.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.FENCE_BROKEN,
                    ("the public Service of the source %s/%s still stands after %d s of deleting it:"
                                    + " is something (Argo CD, Flux, a pipeline) making it again?")
                            .formatted(
                                    ref.cluster(),
                                    ref.namespace(),
                                    limits.serviceGone().toSeconds()));
        }
        return Effects.firstTime(work.journal(), Effects.SOURCE_CLOSED_AT, clock.instant());
    }

    /** Undoes {@link #close}. */
    public Reopened reopen(HubRef ref, Work work) throws InterruptedException {
        Journal journal = work.journal();
        HubCluster cluster = clusters.named(ref.cluster());
        Optional<String> held = Effects.name(journal, Effects.SOURCE_SERVICE_HELD);
        Optional<String> deleted = journal.before(Effects.SOURCE_SERVICE_DELETED);
        held.ifPresent(service -> cluster.unhold(ref.namespace(), service, work));
        Optional<Restored> restored =
                deleted.isPresent() ? Optional.of(restore(cluster, ref, deleted.get(), work)) : Optional.empty();
        journal.forget(Effects.SOURCE_CLOSED_AT);
        journal.forget(Effects.SOURCE_SERVICE_HELD);
        journal.forget(Effects.SOURCE_SERVICE_DELETED);
        journal.forget(Effects.SOURCE_SERVICE);
        return new Reopened(held.isPresent() || deleted.isPresent(), restored);
    }

    /** Returns when a Service stands that is not about to go: until then its manifest is all that is left of it. */
    private Restored restore(HubCluster cluster, HubRef ref, String manifest, Work work) throws InterruptedException {
        return patience.await(limits.serviceGone(), work, () -> cluster.restoreService(ref.namespace(), manifest, work))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.HUB_NOT_READY,
                        ("the deleted public Service of the source %s/%s is not gone after %d s, so it cannot be made again:"
                                        + " see which of its finalizers is left")
                                .formatted(
                                        ref.cluster(),
                                        ref.namespace(),
                                        limits.serviceGone().toSeconds())));
    }

    /** Public Services that let users in. */
    static List<Door> openDoors(Hub hub, Work work) {
        return hub.publicServices().stream()
                .filter(door -> !TargetHold.isHeldBy(door, work))
                .toList();
    }

    /** What was there before is kept of one Service, which is what a hub has: of a second one it would be lost. */
    private static void refuseSeveral(Hub hub) {
        if (hub.publicServices().size() > 1) {
            throw Refusal.of(
                    ErrorCode.HUB_NOT_FOUND,
                    "hub %s has %d Services with the label component=proxy-public where one is needed: %s"
                            .formatted(
                                    hub.described(),
                                    hub.publicServices().size(),
                                    hub.publicServices().stream()
                                            .map(Door::name)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static void refuseAnother(Door door, Work work) {
        String shut = work.journal().recordBefore(Effects.SOURCE_SERVICE, Effects.name(door.name()));
        if (!shut.equals(Effects.name(door.name()))) {
            throw Refusal.of(
                    ErrorCode.FENCE_BROKEN,
                    "Service %s/%s lets users in since this migration has shut %s: stop the pipeline that made it"
                            .formatted(door.namespace(), door.name(), shut));
        }
    }

    private static void shut(HubCluster cluster, Door door, Work work) {
        refuseAnother(door, work);
        if (door.isLoadBalancer()) {
            work.journal().recordBefore(Effects.SOURCE_SERVICE_HELD, Effects.name(door.name()));
            cluster.hold(door.namespace(), door.name(), work.migration().value(), work);
            return;
        }
        Optional<String> manifest = cluster.serviceManifest(door.namespace(), door.name());
        if (manifest.isPresent()) {
            work.journal().recordBefore(Effects.SOURCE_SERVICE_DELETED, manifest.get());
            cluster.deleteService(door, work);
        }
    }

    /**
     * What came of reopening.
     *
     * @param happened false when the source was not closed
     * @param service what came of the deleted Service; empty when none had been deleted
     */
    public record Reopened(boolean happened, Optional<Restored> service) {}
}
