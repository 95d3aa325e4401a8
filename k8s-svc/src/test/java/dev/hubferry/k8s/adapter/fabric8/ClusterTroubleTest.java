package dev.hubferry.k8s.adapter.fabric8;

import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE_HOMES;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.TARGET;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.TARGET_HOMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.fakes.kubernetes.access.AccessRule;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.testbed.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clusters do to us. */
class ClusterTroubleTest {
    private static final int RETRIES = 2;

    @TempDir
    Path directory;

    private FakeWorld world;

    @BeforeEach
    void start() {
        world = new FakeWorld(directory, "ClusterIP", RETRIES, 1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void namesEveryMissingPermissionAtOnce() {
        // Given
        world.old
                .users()
                .put(new FakeUser(
                        "ferry",
                        "old-token",
                        List.of(
                                AccessRule.core("*", List.of("get", "list"), "*"),
                                AccessRule.apps("astro", List.of("get", "list"), "*"),
                                new AccessRule(
                                        List.of("list"),
                                        List.of("networking.k8s.io"),
                                        List.of("*"),
                                        List.of("*"),
                                        List.of()))));

        // When
        Refusal refusal = refusal(() -> world.checks().source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(refusal.rejected().problems()).extracting(Problem::code).containsOnly(ErrorCode.PERMISSION_MISSING);
        assertThat(refusal.rejected().problems())
                .extracting(Problem::detail)
                .contains(
                        "the credentials may not patch services in namespace astro",
                        "the credentials may not delete services in namespace astro",
                        "the credentials may not create services in namespace astro",
                        "the credentials may not update deployments/scale.apps in namespace astro",
                        "the credentials may not delete pods in namespace astro",
                        "the credentials may not create pods/portforward in namespace astro");
    }

    @Test
    void namesVerbAndResourceOfARefusedRequest() {
        // Given
        world.fresh
                .users()
                .put(new FakeUser(
                        "ferry", "new-token", List.of(AccessRule.core("astro", List.of("get", "list"), "*"))));

        // When
        Refusal refusal = refusal(() -> world.targetHold().hold(TARGET, world.work));

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
        assertThat(refusal.rejected().detail()).contains("list deployments.apps in namespace astro");
    }

    @Test
    void namesARefusedPortForward() {
        // Given
        world.old
                .users()
                .put(new FakeUser("ferry", "old-token", List.of(AccessRule.core("*", List.of("get", "list"), "pods"))));
        var cluster = world.clusters.named("old");
        var hub = cluster.pods("astro").stream()
                .filter(pod -> pod.name().startsWith("hub-"))
                .findFirst()
                .orElseThrow();

        // When
        Refusal refusal = refusal(() -> cluster.version(hub, "/"));

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
        assertThat(refusal.rejected().detail()).contains("pods/portforward in namespace astro");
    }

    @Test
    @Timeout(60)
    void waitsForTheRestOfAHubsAnswerNoLongerThanTheTimeout() throws Exception {
        // Given
        var limits = new RequestLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), RETRIES);
        try (FakeWorld impatient =
                new FakeWorld(Files.createDirectories(directory.resolve("impatient")), "ClusterIP", limits, 1)) {
            var cluster = impatient.clusters.named("old");
            var hub = cluster.pods("astro").stream()
                    .filter(pod -> pod.name().startsWith("hub-"))
                    .findFirst()
                    .orElseThrow();

            // When / Then
            assertThat(cluster.version(hub, HubRuntime.STALLING)).isEmpty();
        }
    }

    @Test
    void tellsThatCredentialsAreNotAccepted() {
        // Given
        world.old.users().put(new FakeUser("ferry", "another-token", List.of(AccessRule.everything())));

        // When
        Refusal refusal = refusal(() -> world.checks().source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.CLUSTER_AUTH_FAILED);
        assertThat(refusal.rejected().detail()).doesNotContain("old-token");
    }

    @Test
    void tellsThatAClusterIsGone() {
        // Given
        world.clusters.rehearse("old");
        world.old.close();

        // When
        Refusal rehearsal = refusal(() -> world.clusters.rehearse("old"));
        Refusal refusal = refusal(() -> world.checks().source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(rehearsal.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
    }

    @Test
    void takesNoListThatDoesNotExistForAnEmptyOne() throws Exception {
        // Given
        var cluster = world.clusters.named("old");
        world.old
                .faults()
                .next(
                        2,
                        request -> List.of("/api/v1/pods", "/api/v1/persistentvolumes")
                                .contains(request.path()),
                        new Fault.NoSuchPath());
        world.old.faults().next(1, request -> request.path().endsWith("/ingresses"), new Fault.NoSuchPath());

        // When / Then
        assertThat(refusal(cluster::podsOfAllNamespaces).code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
        assertThat(refusal(cluster::volumes).rejected().detail()).contains("list persistentvolumes in all namespaces");
        assertThat(cluster.isBehindIngress("astro", "proxy-public")).isFalse();
    }

    @Test
    void sitsOutASlowDown() throws Exception {
        // Given
        world.old.faults().next(RETRIES, new Fault.TooManyRequests(0));

        // When
        var closed = world.sourceWayIn().close(SOURCE, world.work);

        // Then
        assertThat(closed).isNotNull();
    }

    @Test
    void givesUpOnAClusterThatStaysOverloadedAndCanBeAskedAgain() throws Exception {
        // Given
        world.old.faults().next(100, new Fault.TooManyRequests(0));

        // When
        Refusal refusal = refusal(() -> world.sourceWayIn().close(SOURCE, world.work));
        world.old.faults().clear();
        world.restart();
        var closed = world.sourceWayIn().close(SOURCE, world.work);

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
        assertThat(closed).isNotNull();
    }

    @Test
    void readsAgainWhenSomebodyElseWroteInBetween() throws Exception {
        // Given
        AtomicInteger meddlings = new AtomicInteger();
        world.fresh
                .faults()
                .next(
                        1,
                        request -> {
                            boolean write = request.method().equals("PATCH")
                                    || request.method().equals("PUT");
                            if (write && meddlings.incrementAndGet() <= 3) {
                                touch("services", "proxy-public");
                                touch("deployments", "hub");
                            }
                            return false;
                        },
                        new Fault.ServerError(500));

        // When
        world.targetHold().hold(TARGET, world.work);

        // Then
        assertThat(meddlings.get()).isGreaterThan(3);
        assertThat(world.replicas(world.fresh)).isZero();
        assertThat(world.service(world.fresh)).contains("hubferry.dev/held").contains("touched");
    }

    @Test
    void waitsForPodsThatTakeTheirGrace() throws Exception {
        // Given
        world.startServer("slow", "ann", 50);

        // When
        int evicted = world.eviction().evict(SOURCE, SOURCE_HOMES, world.work);

        // Then
        assertThat(evicted).isEqualTo(1);
        assertThat(world.pods(world.old, "astro")).doesNotContain("jupyter-ann");
    }

    @Test
    void namesTheDeploymentThatMakesWritersAgain() {
        // Given
        world.limits = shortly();
        world.old.world().create("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: exporter, namespace: astro}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: exporter}}
                  template:
                    metadata: {labels: {app: exporter}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: main
                        image: busybox
                        volumeMounts: [{name: homes, mountPath: /homes}]
                      volumes:
                      - {name: homes, persistentVolumeClaim: {claimName: home-nfs}}
                """);

        // When
        // The Deployment makes its pods in its own time; one that is evicted before the next one is there leaves
        // nothing to name.
        Refusal refusal = Await.value(
                "writers that come again",
                Duration.ofMinutes(1),
                () -> Optional.ofNullable(refusal(() -> world.eviction().evict(SOURCE, SOURCE_HOMES, world.work))));

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.PODS_NOT_GONE);
        assertThat(refusal.rejected().detail()).contains("made by ReplicaSet exporter-");
    }

    @Test
    void givesAServiceANewAddressOnlyWhenItsOwnIsTaken() throws Exception {
        // Given
        var closed = world.sourceWayIn().close(SOURCE, world.work);
        String manifest = String.valueOf(world.work.effects().get("source-service-deleted"));
        String address = manifest.replaceAll("(?s).*\"clusterIP\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        world.old.world().create("""
                apiVersion: v1
                kind: Service
                metadata: {name: thief, namespace: bio}
                spec:
                  clusterIP: %s
                  selector: {app: thief}
                  ports: [{port: 80}]
                """.formatted(address));

        // When
        var reopened = world.sourceWayIn().reopen(SOURCE, world.work);

        // Then
        assertThat(closed).isNotNull();
        assertThat(reopened.service()).contains(Restored.WITH_OTHER_ADDRESS);
        assertThat(world.service(world.old)).contains("\"component\" : \"proxy\"");
    }

    @Test
    void makesAServiceAgainWhenTheDeletedOneIsReallyGone() throws Exception {
        // Given
        finalizers("kept/by-somebody");
        world.limits = shortly();
        assertThat(refusal(() -> world.sourceWayIn().close(SOURCE, world.work)).code())
                .isEqualTo(ErrorCode.FENCE_BROKEN);
        assertThat(refusal(() -> world.sourceWayIn().reopen(SOURCE, world.work)).code())
                .isEqualTo(ErrorCode.HUB_NOT_READY);
        finalizers();

        // When
        var reopened = world.sourceWayIn().reopen(SOURCE, world.work);

        // Then
        assertThat(reopened.service()).contains(Restored.AS_BEFORE);
        assertThat(world.service(world.old))
                .contains("\"component\" : \"proxy\"")
                .doesNotContain("deletionTimestamp");
        assertThat(world.work.effects()).doesNotContainKey("source-service-deleted");
    }

    private void finalizers(String... names) {
        world.old.world().update(ResourceTypes.SERVICES, "astro", "proxy-public", service -> {
            var finalizers = ((ObjectNode) service.get("metadata")).putArray("finalizers");
            List.of(names).forEach(finalizers::add);
            return service;
        });
    }

    @Test
    void seesThatARedeployBroughtThePublicServiceBack() throws Exception {
        // Given
        world.targetHold().hold(TARGET, world.work);
        ObjectNode before = world.old
                .world()
                .find(ResourceTypes.SERVICES, "astro", "proxy-public")
                .orElseThrow();
        var closed = world.sourceWayIn().close(SOURCE, world.work);
        world.sourceHub().stop(SOURCE, world.work);
        before.remove("status");
        ((ObjectNode) before.get("metadata")).remove(List.of("uid", "resourceVersion", "creationTimestamp"));
        world.old.world().redeploy("astro", before);

        // When
        Refusal refusal = refusal(() -> world.fence().confirm(SOURCE, TARGET, SOURCE_HOMES, world.work));
        var closedAgain = world.sourceWayIn().close(SOURCE, world.work);

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.FENCE_BROKEN);
        assertThat(refusal.rejected().detail()).contains("proxy-public");
        assertThat(closedAgain).isEqualTo(closed);
        assertThat(world.service(world.old)).isEqualTo("none");
    }

    @Test
    void saysThatTheHomesCannotBeMounted() throws Exception {
        // Given
        world.targetHold().hold(TARGET, world.work);
        world.targetHold().start(TARGET, world.work);
        world.limits = shortly();
        world.loseTargetHomes();

        // When
        Refusal refusal = refusal(() -> world.smokeTest().run(TARGET, TARGET_HOMES, 0, world.work));

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.SMOKE_TEST_FAILED);
        assertThat(refusal.rejected().detail()).contains("mounts the homes claim home-nfs is Pending");
    }

    @Test
    void tellsNothingOfTheSecret() {
        // Given
        world.old.world().update(ResourceTypes.SECRETS, "astro", "hub", secret -> {
            ((ObjectNode) secret.get("data")).put("values.yaml", "bmV2ZXItdG8tYmUtc2VlbjogWw==");
            return secret;
        });

        // When
        var settings = world.clusters
                .named("old")
                .settings(world.clusters.named("old").deployment("astro", "hub").orElseThrow());

        // Then
        assertThat(settings).isEmpty();
    }

    @Test
    void doesNotHoldAHubTwice() throws Exception {
        // Given
        world.targetHold().hold(TARGET, world.work);
        world.work = new MemoryWork("m2");

        // When
        Refusal refusal = refusal(() -> world.targetHold().hold(TARGET, world.work));

        // Then
        assertThat(refusal.rejected().detail()).contains("held by migration m1");
    }

    private void touch(String kind, String name) {
        var type = kind.equals("services") ? ResourceTypes.SERVICES : ResourceTypes.DEPLOYMENTS;
        world.fresh.world().update(type, "astro", name, object -> {
            ((ObjectNode) object.get("metadata"))
                    .withObjectProperty("annotations")
                    .put("touched", Long.toString(System.nanoTime()));
            return object;
        });
    }

    private static Limits shortly() {
        Duration shortly = Duration.ofSeconds(1);
        return new Limits(shortly, shortly, shortly, shortly, shortly);
    }

    private static Refusal refusal(ThrowingCallable action) {
        Throwable thrown = catchThrowable(action);
        assertThat(thrown).isInstanceOf(Refusal.class);
        return (Refusal) thrown;
    }
}
