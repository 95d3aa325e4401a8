package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.HomesUse;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows, right before DNS moves, that nothing has been undone behind our back: a redeploy of the old hub brings back its public
 * Service and its replicas.
 */
public final class Fence {
    private final Clusters clusters;
    private final StorageServers storages;

    public Fence(Clusters clusters, StorageServers storages) {
        this.clusters = clusters;
        this.storages = storages;
    }

    /** Returns when both hubs are closed and no pod can write to the homes of either; fails with FENCE_BROKEN and every reason. */
    public void confirm(HubRef sourceRef, HubRef targetRef, HomesRef homes, Work work) {
        HubCluster sourceCluster = clusters.named(sourceRef.cluster());
        HubCluster targetCluster = clusters.named(targetRef.cluster());
        Hub source = Hubs.find(sourceCluster, sourceRef);
        Hub target = Hubs.find(targetCluster, targetRef);
        List<Problem> breaches = new ArrayList<>();
        closedDoors(source, work, breaches);
        stopped(sourceCluster, source, breaches);
        quiet(sourceCluster, source, HomesUses.of(storages, homes), breaches);
        held(targetCluster, target, work, breaches);
        if (!breaches.isEmpty()) {
            throw new Refusal(new Rejected(ErrorCode.FENCE_BROKEN, sentence(breaches), breaches));
        }
    }

    private static void closedDoors(Hub source, Work work, List<Problem> breaches) {
        SourceWayIn.openDoors(source, work)
                .forEach(door -> breaches.add(breach(
                        "Service " + door.name() + " of the source " + source.described(),
                        "stands again, so users get in",
                        "stop the pipeline that redeployed the old hub, then start the migration again")));
    }

    private static void stopped(HubCluster cluster, Hub source, List<Problem> breaches) {
        int pods = HubScale.podsOf(cluster, source.deployment()).size();
        int replicas = source.deployment().replicas();
        if (replicas != 0 || pods != 0) {
            breaches.add(breach(
                    "Deployment " + source.deployment().name() + " of the source " + source.described(),
                    "has %d replicas and %d pods where it was stopped".formatted(replicas, pods),
                    "stop the pipeline that redeployed the old hub, then start the migration again"));
        }
    }

    private static void quiet(HubCluster cluster, Hub source, HomesUse use, List<Problem> breaches) {
        HomesUse.union(UserEviction.servers(cluster, source), use.writers(cluster))
                .forEach(pod -> breaches.add(breach(
                        "pod " + pod.described() + " of cluster " + source.ref().cluster(),
                        "can write to the source's homes",
                        "find out who started it; what it wrote since the last pass is not on the target")));
    }

    private static void held(HubCluster cluster, Hub target, Work work, List<Problem> breaches) {
        boolean held = !target.publicServices().isEmpty()
                && target.publicServices().stream().allMatch(door -> TargetHold.isHeldBy(door, work));
        if (!held) {
            breaches.add(breach(
                    "the public Service of the target " + target.described(),
                    "is not held by this migration any more, so users may have got in",
                    "stop the pipeline that redeployed the new hub, then start the migration again"));
        }
        TargetWriters.find(cluster, target)
                .forEach(pod -> breaches.add(breach(
                        "pod " + pod.described() + " of cluster " + target.ref().cluster(),
                        "can write to the homes of the target, which nobody may use yet",
                        "stop it; what it wrote may differ from what was copied")));
    }

    private static Problem breach(String where, String detail, String remedy) {
        return new Problem(ErrorCode.FENCE_BROKEN, where, detail, remedy);
    }

    private static String sentence(List<Problem> breaches) {
        Problem first = breaches.getFirst();
        String more = breaches.size() == 1 ? "" : " (and %d more)".formatted(breaches.size() - 1);
        return first.where() + " " + first.detail() + more;
    }
}
