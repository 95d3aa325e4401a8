package dev.hubferry.k8s.messaging;

import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.check.HubChecks;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.moves.Fence;
import dev.hubferry.k8s.domain.moves.LiveCheck;
import dev.hubferry.k8s.domain.moves.SmokeTest;
import dev.hubferry.k8s.domain.moves.SourceHub;
import dev.hubferry.k8s.domain.moves.SourceWayIn;
import dev.hubferry.k8s.domain.moves.TargetHold;
import dev.hubferry.k8s.domain.moves.UserEviction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Puts the domain together with its adapters and settings. */
@Dependent
class UseCases {
    @Produces
    @ApplicationScoped
    StorageServers storageServers(K8sConfig config) {
        return connection -> Optional.ofNullable(config.storages().get(connection))
                .map(K8sConfig.Storage::nfsServers)
                .orElse(List.of());
    }

    @Produces
    Limits limits(K8sConfig config) {
        K8sConfig.Waits waits = config.waits();
        return new Limits(waits.podsGone(), waits.hubReady(), waits.serviceGone(), waits.homesProbe(), waits.live());
    }

    @Produces
    Patience patience(K8sConfig config) {
        return new Patience(Thread::sleep, System::nanoTime, config.waits().pollInterval());
    }

    @Produces
    HubChecks hubChecks(Clusters clusters, StorageServers storages) {
        return new HubChecks(clusters, storages);
    }

    @Produces
    TargetHold targetHold(Clusters clusters, Patience patience, Limits limits, Clock clock) {
        return new TargetHold(clusters, patience, limits, clock);
    }

    @Produces
    SourceWayIn sourceWayIn(Clusters clusters, Patience patience, Limits limits, Clock clock) {
        return new SourceWayIn(clusters, patience, limits, clock);
    }

    @Produces
    UserEviction userEviction(Clusters clusters, StorageServers storages, Patience patience, Limits limits) {
        return new UserEviction(clusters, storages, patience, limits);
    }

    @Produces
    SourceHub sourceHub(Clusters clusters, UserEviction eviction, Patience patience, Limits limits) {
        return new SourceHub(clusters, eviction, patience, limits);
    }

    @Produces
    SmokeTest smokeTest(Clusters clusters, StorageServers storages, Patience patience, Limits limits) {
        return new SmokeTest(clusters, storages, patience, limits);
    }

    @Produces
    Fence fence(Clusters clusters, StorageServers storages) {
        return new Fence(clusters, storages);
    }

    @Produces
    LiveCheck liveCheck(Clusters clusters, FrontDoor frontDoor, Patience patience, Limits limits) {
        return new LiveCheck(clusters, frontDoor, patience, limits);
    }
}
