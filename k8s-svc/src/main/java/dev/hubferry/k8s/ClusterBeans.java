package dev.hubferry.k8s;

import dev.hubferry.k8s.adapter.fabric8.Fabric8ClusterChecks;
import dev.hubferry.k8s.adapter.fabric8.Fabric8Clusters;
import dev.hubferry.k8s.adapter.http.VertxFrontDoor;
import dev.hubferry.k8s.adapter.tracing.TracedFrontDoor;
import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.check.HubChecks;
import dev.hubferry.k8s.domain.cluster.ClusterChecks;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.moves.Fence;
import dev.hubferry.k8s.domain.moves.LiveCheck;
import dev.hubferry.k8s.domain.moves.SmokeTest;
import dev.hubferry.k8s.domain.moves.SourceHub;
import dev.hubferry.k8s.domain.moves.SourceWayIn;
import dev.hubferry.k8s.domain.moves.TargetHold;
import dev.hubferry.k8s.domain.moves.UserEviction;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Hands the use cases to the command handler. */
@Dependent
class ClusterBeans {
    private final Limits limits;
    private final Patience patience;
    private final StorageServers storages;
    private final Clock clock;

    ClusterBeans(K8sConfig config, Clock clock) {
        this.limits = ClusterWiring.limits(config);
        this.patience =
                new Patience(Thread::sleep, System::nanoTime, config.waits().pollInterval());
        this.storages = ClusterWiring.storages(config);
        this.clock = clock;
    }

    @Produces
    @Singleton
    Fabric8Clusters clusters(K8sConfig config, Vertx vertx, MeterRegistry registry, Traces traces) {
        return new Fabric8Clusters(
                ClusterWiring.accesses(config), ClusterWiring.requests(config), vertx, registry, traces);
    }

    void close(@Disposes Fabric8Clusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    ClusterChecks clusterChecks(K8sConfig config, Fabric8Clusters clusters) {
        return new Fabric8ClusterChecks(clusters, config.storages().keySet());
    }

    @Produces
    HubChecks hubChecks(Fabric8Clusters clusters) {
        return new HubChecks(clusters, storages);
    }

    @Produces
    TargetHold targetHold(Fabric8Clusters clusters) {
        return new TargetHold(clusters, patience, limits, clock);
    }

    @Produces
    SourceWayIn sourceWayIn(Fabric8Clusters clusters) {
        return new SourceWayIn(clusters, patience, limits, clock);
    }

    @Produces
    UserEviction userEviction(Fabric8Clusters clusters) {
        return new UserEviction(clusters, storages, patience, limits);
    }

    @Produces
    SourceHub sourceHub(Fabric8Clusters clusters, UserEviction eviction) {
        return new SourceHub(clusters, eviction, patience, limits);
    }

    @Produces
    SmokeTest smokeTest(Fabric8Clusters clusters) {
        return new SmokeTest(clusters, storages, patience, limits);
    }

    @Produces
    Fence fence(Fabric8Clusters clusters) {
        return new Fence(clusters, storages);
    }

    @Produces
    LiveCheck liveCheck(Fabric8Clusters clusters, Vertx vertx, Traces traces) {
        return new LiveCheck(clusters, new TracedFrontDoor(new VertxFrontDoor(vertx), traces), patience, limits);
    }
}
