package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.check.HomeLayout;
import dev.hubferry.k8s.domain.check.HomesFinder;
import dev.hubferry.k8s.domain.check.IngressFinder;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tries the held target before users may: the hub on the moved database, the homes as its users' servers will mount them. */
public final class SmokeTest {
    private final Clusters clusters;
    private final StorageServers storages;
    private final HomesProbes probes;
    private final Patience patience;
    private final Limits limits;

    public SmokeTest(Clusters clusters, StorageServers storages, Patience patience, Limits limits) {
        this.clusters = clusters;
        this.storages = storages;
        this.probes = new HomesProbes(patience, limits);
        this.patience = patience;
        this.limits = limits;
    }

    /** Fails with SMOKE_TEST_FAILED saying what was seen, or FENCE_BROKEN when the target is not held any more. */
    public Passed run(HubRef ref, HomesRef homes, long movedUsers, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        var unused = TargetHold.requireHeld(hub, work);
        HubSettings settings = cluster.settings(hub.deployment()).orElseGet(HubSettings::unknown);
        Pod pod = readyPod(cluster, hub);
        work.report("asking the hub", 0, 2);
        String version = version(cluster, pod, settings, work);
        OptionalLong users = users(cluster, hub, pod, settings, movedUsers);
        work.report("mounting the homes", 1, 2);
        HomeLayout layout = HomesFinder.require(cluster, hub, settings, homes, storages);
        int directories = probes.countHomes(cluster, pod, layout, work);
        if (directories == 0) {
            throw failed("the homes that the target mounts hold no directory");
        }
        return new Passed(version, users, directories, IngressFinder.require(cluster, hub));
    }

    private static Pod readyPod(HubCluster cluster, Hub hub) {
        return HubScale.podsOf(cluster, hub.deployment()).stream()
                .filter(Pod::ready)
                .findFirst()
                .orElseThrow(() -> failed("no pod of the target hub is ready"));
    }

    private String version(HubCluster cluster, Pod pod, HubSettings settings, Work work) throws InterruptedException {
        return patience.await(limits.hubReady(), work, () -> cluster.version(pod, settings.baseUrl()))
                .orElseThrow(() -> failed("the target hub does not tell its version on port 8081"));
    }

    private static OptionalLong users(HubCluster cluster, Hub hub, Pod pod, HubSettings settings, long movedUsers) {
        Optional<List<HubUser>> names = cluster.users(hub.deployment(), pod, settings.baseUrl());
        // The hub may add users that its own configuration names (admins), never lose one.
        names.filter(found -> found.size() < movedUsers).ifPresent(found -> {
            throw failed("the target hub knows %d users where the moved database holds %d"
                    .formatted(found.size(), movedUsers));
        });
        return names.map(found -> OptionalLong.of(found.size())).orElseGet(OptionalLong::empty);
    }

    private static Refusal failed(String detail) {
        return Refusal.of(ErrorCode.SMOKE_TEST_FAILED, detail);
    }

    /**
     * What was seen.
     *
     * @param users accounts that the hub lists; empty when it has no service token that Hubferry may use
     * @param homeDirectories in the homes as the target mounts them, shared directories included
     */
    public record Passed(String hubVersion, OptionalLong users, int homeDirectories, IngressAddress ingress) {}
}
