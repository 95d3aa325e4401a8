package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.HubWorld.TARGET;
import static dev.hubferry.k8s.domain.moves.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.Pods;
import dev.hubferry.k8s.domain.cluster.Door;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetHoldTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void holdsTheTargetBySelectorAndStopsIt() throws Exception {
        // When
        moves.hold();

        // Then
        assertThat(proxy(TARGET.cluster()).selector()).containsEntry(Door.HELD, "m1");
        assertThat(world.fresh.deployment("astro", "hub").orElseThrow().replicas())
                .isZero();
        assertThat(world.fresh.pods("astro")).isEmpty();
    }

    @Test
    void doesNotHoldATargetThatAUserGotInto() {
        // Given
        world.fresh.put(Pods.server(world.fresh, "tester", "tester"));

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::hold).contains("astro/jupyter-tester");
        assertThat(moves.release()).isTrue();
        assertThat(proxy(TARGET.cluster()).holder()).isEmpty();
    }

    @Test
    void doesNotHoldATargetWhoseHomesSomebodyElseWrites() {
        // Given
        world.fresh.put(Pods.other(world.fresh, "astro", "restore", Pods.mount("home-nfs", "/homes", "", false)));

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::hold).contains("astro/restore");
    }

    @Test
    void startsTheHeldTargetWithItsOwnReplicasWhileNobodyGetsIn() throws Exception {
        // Given
        moves.upTo("START_TARGET_HUB");

        // When
        moves.startTarget();

        // Then
        assertThat(world.fresh.deployment("astro", "hub").orElseThrow().isReady())
                .isTrue();
        assertThat(proxy(TARGET.cluster()).holder()).contains("m1");
    }

    @Test
    void refusesToStartATargetThatSomebodyOpened() throws Exception {
        // Given
        moves.upTo("START_TARGET_HUB");
        world.fresh.put(HubWorld.publicService("proxy-public", "astro", "ClusterIP"));

        // When / Then
        refused(ErrorCode.FENCE_BROKEN, moves::startTarget).contains("not held");
    }

    @Test
    void startsATargetThatWasFoundStoppedAndLeavesItStoppedWhenUndone() throws Exception {
        // Given
        world.fresh.scale("astro", "hub", 0, () -> {});
        world.settle();

        // When
        moves.hold();
        moves.startTarget();
        int running = world.fresh.deployment("astro", "hub").orElseThrow().replicas();
        boolean stopped = moves.stopTarget();
        boolean released = moves.release();

        // Then
        assertThat(running).isEqualTo(1);
        assertThat(stopped).isTrue();
        assertThat(released).isTrue();
        assertThat(world.fresh.deployment("astro", "hub").orElseThrow().replicas())
                .isZero();
    }

    @Test
    void doesNotHoldWhatAnotherMigrationHolds() throws Exception {
        // Given
        moves.hold();
        moves.work = new MemoryWork("m2");

        // When / Then
        refused(ErrorCode.HUB_NOT_READY, moves::hold).contains("held by migration m1");
    }

    @Test
    void saysWhyAHubDoesNotGetReady() throws Exception {
        // Given
        moves.upTo("START_TARGET_HUB");
        world.fresh.podsNeverReady = true;

        // When / Then
        refused(ErrorCode.HUB_NOT_READY, moves::startTarget).contains("is Pending");
    }

    @Test
    void opensTheTargetAndLeavesNothingBehind() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");

        // When
        moves.open();

        // Then
        assertThat(proxy(TARGET.cluster()).selector()).isEqualTo(Map.of("component", "proxy", "release", "astro"));
    }

    private Door proxy(String cluster) {
        return world.clusters().named(cluster).service("astro", "proxy-public").orElseThrow();
    }
}
