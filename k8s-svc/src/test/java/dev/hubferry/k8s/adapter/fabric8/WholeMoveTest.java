package dev.hubferry.k8s.adapter.fabric8;

import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE_HOMES;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.TARGET;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.TARGET_HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.http.Mutation;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.moves.SmokeTest;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All steps in the saga's order, with credentials that allow what the table of required access names and nothing else. */
class WholeMoveTest {
    @TempDir
    Path directory;

    private HttpServer door;
    private FakeWorld world;

    WholeMoveTest() throws IOException {
        door = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    }

    @BeforeEach
    void start() {
        world = new FakeWorld(directory, "ClusterIP", 0, door.getAddress().getPort());
        world.startServer("ann", "ann", 1);
        world.startServer("john.doe@x.edu", "john-2edoe-40x-2eedu", 2);
        door.createContext("/hub/api/", exchange -> {
            try (exchange) {
                boolean asked =
                        "astro.example.org".equals(exchange.getRequestHeaders().getFirst("Host"));
                boolean open =
                        !world.fresh.world().endpoints("astro", "proxy-public").isEmpty();
                byte[] body = "{\"version\": \"4.0.2\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(asked && open ? 200 : 503, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        door.start();
    }

    @AfterEach
    void stop() {
        world.close();
        door.stop(0);
    }

    @Test
    void movesTheHub() throws Exception {
        // When
        SourceChecked checked = world.checks().source(SOURCE, SOURCE_HOMES);
        HubFacts target = world.checks().target(TARGET, TARGET_HOMES, SOURCE);
        List<Mutation> whileChecking = world.old.mutations().all();
        upToTheFence();
        SmokeTest.Passed smoke = world.smokeTest().run(TARGET, TARGET_HOMES, HubRuntime.USERS, world.work);
        world.fence().confirm(SOURCE, TARGET, SOURCE_HOMES, world.work);
        boolean openBeforeThePivot =
                !world.fresh.world().endpoints("astro", "proxy-public").isEmpty();
        var opened = world.targetHold().open(TARGET, world.work);
        int status = world.liveCheck().verify(TARGET, "astro.example.org", world.work);

        // Then
        assertThat(whileChecking).isEmpty();
        assertThat(checked.facts())
                .isEqualTo(new HubFacts(
                        "astro",
                        "quay.io/jupyterhub/k8s-hub:3.3.7",
                        "4.0.2",
                        "10.0.0.1",
                        "/export/homes/astro",
                        new IngressAddress(IngressAddress.Kind.IPV4, "127.0.0.1"),
                        2,
                        List.of()));
        // Of all three pages those who were ever active, and the last first
        assertThat(checked.activeHomes())
                .hasSize(HubRuntime.USERS * 9 / 10)
                .startsWith("user449", "user448")
                .endsWith("user2", "user1");
        assertThat(target.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("452 users"));
        assertThat(smoke.hubVersion()).isEqualTo("4.0.2");
        assertThat(smoke.users()).hasValue(HubRuntime.USERS);
        assertThat(smoke.homeDirectories()).isEqualTo(3);
        assertThat(openBeforeThePivot).isFalse();
        assertThat(opened).isNotNull();
        assertThat(status).isEqualTo(200);
        assertThat(world.pods(world.old, "astro")).containsExactly("jupyter-book-preview", "proxy");
        assertThat(world.pods(world.old, "bio")).containsExactly("jupyter-ann");
        assertThat(world.pods(world.fresh, "astro")).contains("hub");
        probesAreGone();
    }

    @Test
    void leavesEverythingAsItWasWhenAllIsUndone() throws Exception {
        // Given
        String source = world.service(world.old);
        String target = world.service(world.fresh);

        // When
        upToTheFence();
        var smoke = world.smokeTest().run(TARGET, TARGET_HOMES, HubRuntime.USERS, world.work);
        boolean stopped = world.targetHold().stop(TARGET, world.work);
        boolean started = world.sourceHub().start(SOURCE, world.work);
        var reopened = world.sourceWayIn().reopen(SOURCE, world.work);
        boolean released = world.targetHold().release(TARGET, world.work);

        // Then
        assertThat(smoke.homeDirectories()).isPositive();
        assertThat(List.of(stopped, started, reopened.happened(), released)).containsOnly(true);
        assertThat(reopened.service()).contains(Restored.AS_BEFORE);
        assertThat(world.service(world.old)).isEqualTo(source);
        assertThat(world.service(world.fresh)).isEqualTo(target);
        assertThat(world.replicas(world.old)).isEqualTo(1);
        assertThat(world.replicas(world.fresh)).isEqualTo(1);
        assertThat(world.work.effects()).isEmpty();
        FakeWorld.awaitReady(world.old.world());
        FakeWorld.awaitReady(world.fresh.world());
        probesAreGone();
    }

    private void upToTheFence() throws InterruptedException {
        world.targetHold().hold(TARGET, world.work);
        var closed = world.sourceWayIn().close(SOURCE, world.work);
        int evicted = world.eviction().evict(SOURCE, SOURCE_HOMES, world.work);
        world.sourceHub().stop(SOURCE, world.work);
        world.targetHold().start(TARGET, world.work);
        assertThat(closed).isNotNull();
        assertThat(evicted).isEqualTo(2);
    }

    private void probesAreGone() {
        for (FakeKubernetes cluster : List.of(world.old, world.fresh)) {
            Await.until(
                    "no probe to be left",
                    Duration.ofSeconds(10),
                    () -> world.pods(cluster, "astro").stream().noneMatch(name -> name.startsWith("hubferry")));
        }
    }
}
