package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.moves.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.Pods;
import dev.hubferry.k8s.domain.cluster.Mount;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserEvictionTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void evictsUsersAndWhatElseCanWriteToTheHomes() throws Exception {
        // Given
        world.old.put(Pods.other(world.old, "astro", "backup", Pods.mount("home-nfs", "/data", "", false)));

        // When
        int evicted = moves.evict();

        // Then
        assertThat(evicted).isEqualTo(3);
        assertThat(world.old.pods("astro")).extracting(Pod::name).anyMatch(name -> name.startsWith("hub-"));
        assertThat(world.old.pods("astro"))
                .noneMatch(Pod::isUserServer)
                .noneMatch(pod -> pod.name().equals("backup"));
    }

    @Test
    void leavesPodsAloneThatAreOnlyCalledJupyterOrOnlyReadTheHomes() throws Exception {
        // Given
        world.old.put(Pods.other(world.old, "astro", "metrics", Pods.mount("home-nfs", "/data", "_shared", true)));

        // When
        moves.evict();

        // Then
        assertThat(world.old.pods("astro")).extracting(Pod::name).contains("jupyter-docs", "metrics");
    }

    @Test
    void doesNotTouchPodsOfOtherNamespacesAndNamesThem() {
        // Given
        world.old.volumes.add(new Volume(
                "spy",
                Optional.of(new NfsExport("nfs.old.example", "/export/homes")),
                "nfs",
                Optional.of("analytics"),
                Optional.of("all-homes")));
        world.old.put(Pods.other(world.old, "analytics", "crawler", Pods.mount("all-homes", "/in", "", false)));
        String before = world.describe();

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::evict).contains("analytics/crawler");
        assertThat(world.describe()).isEqualTo(before);
    }

    @Test
    void ignoresOtherHubsOnTheSameExport() throws Exception {
        // Given
        world.old.volumes.add(new Volume(
                "other",
                Optional.of(new NfsExport("10.0.0.1", "/export/homes")),
                "nfs",
                Optional.of("bio"),
                Optional.of("home-nfs")));
        world.old.put(Pods.other(world.old, "bio", "jupyter-eve", Pods.mount("home-nfs", "/home", "bio/eve", false)));

        // When
        moves.evict();

        // Then
        assertThat(world.old.pods("bio")).hasSize(1);
    }

    @Test
    void findsPodsThatNameTheExportThemselves() {
        // Given
        Mount inline = new Mount(
                new Mount.Source.Export(new NfsExport("nfs.old.example.", "/export/homes/astro/ann")), "/x", "", false);
        world.old.put(Pods.other(world.old, "tools", "rsync", inline));

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::evict).contains("tools/rsync");
    }

    @Test
    void namesWhatMakesThePodsAgain() {
        // Given
        world.old.put(new Workload(
                "astro", "exporter", Map.of(), "busybox", Map.of("app", "exporter"), 1, 0, List.of(), List.of()));
        world.settle();

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::evict).contains("made by ReplicaSet exporter-1");
    }

    @Test
    void doesNotCallPodsGoneThatOnlyShouldBe() {
        // Given
        world.old.podsNeverLeave = true;

        // When / Then
        refused(ErrorCode.PODS_NOT_GONE, moves::evict).contains("astro/jupyter-ann");
    }

    @Test
    void evictsServersThatTheHubHadBegunToStartWhenItWasStopped() throws Exception {
        // Given
        moves.upTo("STOP_SOURCE_HUB");
        world.old.put(Pods.server(world.old, "late", "late"));

        // When
        moves.stopSource();

        // Then
        assertThat(world.old.pods("astro")).noneMatch(Pod::isUserServer);
    }
}
