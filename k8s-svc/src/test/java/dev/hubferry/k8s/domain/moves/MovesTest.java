package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.HubWorld.SOURCE;
import static dev.hubferry.k8s.domain.HubWorld.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.Pods;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import dev.hubferry.k8s.domain.cluster.Mount;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MovesTest {
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
    void deletesThePublicServiceOfTheSource() throws Exception {
        // When
        moves.close();

        // Then
        assertThat(world.old.service("astro", "proxy-public")).isEmpty();
        assertThat(world.old.service("support", "support-ingress-nginx-controller"))
                .isPresent();
    }

    @Test
    void tellsWhenItWasFirstClosedHoweverOftenItIsAsked() throws Exception {
        // When
        var first = moves.sourceWayIn().close(SOURCE, moves.work);
        moves.restart();
        var second = moves.sourceWayIn().close(SOURCE, moves.work);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shutsALoadBalancerBySelectorSoThatItKeepsItsAddress() throws Exception {
        // Given
        world.old.removeService("astro", "proxy-public");
        world.old.put(HubWorld.publicService("proxy-public", "astro", "LoadBalancer"));
        String before = world.describe();

        // When
        moves.close();
        Optional<String> holder = proxy(SOURCE.cluster()).holder();
        var restored = moves.reopen();

        // Then
        assertThat(holder).contains("m1");
        assertThat(restored).isEmpty();
        assertThat(world.describe()).isEqualTo(before);
    }

    @Test
    void leavesAServiceAloneThatSomebodyElseMadeMeanwhile() throws Exception {
        // Given
        moves.close();
        Door theirs = new Door(
                "astro",
                "proxy-public",
                "",
                "ClusterIP",
                Map.of("app", "jupyterhub", "component", "proxy-public", "release", "astro"),
                Map.of("component", "autohttps"),
                List.of());
        world.old.put(theirs);

        // When
        var restored = moves.reopen();

        // Then
        assertThat(restored).contains(Restored.STOOD_DIFFERENT);
        assertThat(proxy(SOURCE.cluster()).selector()).containsEntry("component", "autohttps");
    }

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

    @Test
    void smokeTestSeesHubHomesAndIngress() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.users = Optional.of(List.of("ann", "john.doe@x.edu", "admin"));

        // When
        SmokeTest.Passed passed = moves.smoke();
        world.settle();

        // Then
        assertThat(passed.hubVersion()).isEqualTo("5.2.1");
        assertThat(passed.users()).hasValue(3);
        assertThat(passed.homeDirectories()).isEqualTo(2);
        assertThat(passed.ingress().value()).isEqualTo("198.51.100.2");
        assertThat(world.fresh.pods("astro")).noneMatch(pod -> pod.name().startsWith("hubferry"));
    }

    @Test
    void smokeTestDoesNotClaimAUserCountThatNobodyTold() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");

        // When / Then
        assertThat(moves.smoke().users()).isEmpty();
    }

    @Test
    void smokeTestMissesUsers() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.users = Optional.of(List.of("ann"));

        // When / Then
        refused(ErrorCode.SMOKE_TEST_FAILED, moves::smoke).contains("1 users where the moved database holds 2");
    }

    @Test
    void smokeTestFailsOnEmptyHomesAndLeavesNoPod() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.probeLog = "hubferry: 0 directories";

        // When / Then
        refused(ErrorCode.SMOKE_TEST_FAILED, moves::smoke).contains("no directory");
        world.settle();
        assertThat(world.fresh.pods("astro")).noneMatch(pod -> pod.name().startsWith("hubferry"));
    }

    @Test
    void confirmsTheFenceWhenEverythingIsShut() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");

        // When / Then
        moves.confirmFence();
    }

    @Test
    void seesThatARedeployBroughtTheSourceBack() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");
        world.old.put(HubWorld.publicService("proxy-public", "astro", "ClusterIP"));
        world.old.scale("astro", "hub", 1, () -> {});
        world.old.put(Pods.server(world.old, "late", "late"));
        world.fresh.put(HubWorld.publicService("proxy-public", "astro", "ClusterIP"));

        // When / Then
        assertThatExceptionOfType(Refusal.class).isThrownBy(moves::confirmFence).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.FENCE_BROKEN);
            assertThat(refusal.rejected().problems())
                    .extracting(Problem::where)
                    .containsExactly(
                            "Service proxy-public of the source old/astro",
                            "Deployment hub of the source old/astro",
                            "pod astro/jupyter-late of cluster old",
                            "the public Service of the target new/astro");
        });
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

    @Test
    void verifiesThatAHubAnswersNotJustAnything() throws Exception {
        // Given
        moves.answer = new FrontDoor.Answer.Status(200, "<h1>Welcome to nginx!</h1>");

        // When / Then
        refused(ErrorCode.HUB_NOT_READY, () -> {
                    var unused = moves.liveCheck().verify(TARGET, "astro.example.org", moves.work);
                })
                .contains("not from a hub's API")
                .contains("198.51.100.2");
    }

    @Test
    void tellsTheStatusOfTheLiveHub() throws Exception {
        // When / Then
        assertThat(moves.liveCheck().verify(TARGET, "astro.example.org", moves.work))
                .isEqualTo(200);
    }

    private Door proxy(String cluster) {
        return world.clusters().named(cluster).service("astro", "proxy-public").orElseThrow();
    }

    private static AbstractStringAssert<?> refused(ErrorCode code, ThrowingCallable action) {
        Refusal refusal = (Refusal) catchThrowable(action);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return assertThat(refusal.rejected().detail());
    }
}
