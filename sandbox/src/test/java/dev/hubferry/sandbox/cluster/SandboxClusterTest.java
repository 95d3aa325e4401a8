package dev.hubferry.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.sandbox.EscapeScheme;
import dev.hubferry.sandbox.homes.HomesGenerator;
import dev.hubferry.sandbox.homes.HomesSpec;
import dev.hubferry.sandbox.hub.HubDatabase;
import dev.hubferry.sandbox.hub.NfsExports;
import dev.hubferry.sandbox.work.UserRuntime;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAMESPACE = "astro";
    private static final String USER = "mail@example.org";
    private static final List<String> ADDRESSES = List.of("127.0.11.1", "127.0.11.2");

    @TempDir
    Path directory;

    private final int port = FreePorts.next(ADDRESSES.toArray(String[]::new));
    private final HttpClient http = HttpClient.newHttpClient();
    private SandboxCluster cluster;
    private HubPlan plan;
    private Path homes;

    @BeforeEach
    void start() throws IOException {
        homes = directory.resolve("export/astro");
        HomesGenerator.generate(homes, new HomesSpec(List.of(EscapeScheme.directory(USER)), 60, 1, 1));
        plan = new HubPlan(NAMESPACE, "astro", "3.0.0", "127.0.0.2", homes, SecretKeys.random());
        Path clusterDirectory = directory.resolve("cluster");
        HubDatabase real = HubDatabase.copyOfReal(SandboxCluster.databaseFile(clusterDirectory, plan.release()));
        HubDatabase fresh = real.emptiedTo(directory.resolve("fresh.sqlite"), "admin");
        cluster = SandboxCluster.start(new SandboxCluster.Options(
                "old",
                clusterDirectory,
                plan,
                fresh,
                new NfsExports(Map.of("127.0.0.2:" + directory.resolve("export"), directory.resolve("export"))),
                new UserRuntime(directory.resolve("users"), directory.resolve("writes.jsonl"), 20, 1),
                ADDRESSES,
                port,
                "astro.example.org",
                "127.77"));
        cluster.installHub();
    }

    @AfterEach
    void stop() {
        cluster.close();
        http.close();
    }

    @Test
    void letsAUserInAndShowsAFileOfTheHomeAsTheVolumeHoldsIt() throws Exception {
        // When
        HttpResponse<String> login = get("/hub/login?user=mail%40example.org", "");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();

        // Then
        assertThat(login.headers().firstValue("X-Hub")).hasValue("old");
        assertThat(get("/user/mail%40example.org/files/.gitconfig", cookie).body())
                .isEqualTo(Files.readString(
                        homes.resolve(EscapeScheme.directory(USER)).resolve(".gitconfig")));
        assertThat(get("/user/mail%40example.org/files/.gitconfig", "").statusCode())
                .isEqualTo(403);
        assertThat(get("/user/user001/files/.gitconfig", cookie).statusCode()).isEqualTo(403);
        assertThat(get("/user/mail%40example.org/files/../../etc/passwd", cookie)
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/hub/login?user=nobody-of-this-name", "").statusCode()).isEqualTo(403);
    }

    @Test
    void isClosedWithoutItsPublicService() throws Exception {
        // Given
        ObjectNode service = manifest(NAMESPACE, "proxy-public");

        // When
        cluster.world().delete(ResourceTypes.SERVICES, NAMESPACE, "proxy-public", DeleteOptions.now());

        // Then
        assertThat(health()).isEqualTo(503);
        cluster.world().redeploy(NAMESPACE, service);
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void isClosedWhenTheServiceSelectsNoReadyProxy() throws Exception {
        // When
        cluster.world().update(ResourceTypes.SERVICES, NAMESPACE, "proxy-public", service -> {
            ((ObjectNode) service.at("/spec/selector")).put("held", "yes");
            return service;
        });

        // Then
        assertThat(health()).isEqualTo(503);
    }

    @Test
    void isClosedForOtherNamesAndAtAddressesThatTheLoadBalancerDoesNotHave() throws Exception {
        // Given
        String given = cluster.frontDoor().address().orElseThrow();
        String other = ADDRESSES.stream()
                .filter(address -> !address.equals(given))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(status(given, "other.example.org")).isEqualTo(404);
        assertThat(status(other, "astro.example.org")).isZero();
    }

    @Test
    void getsAnotherAddressWhenItsIngressServiceIsMadeAnew() throws Exception {
        // Given
        String before = cluster.frontDoor().address().orElseThrow();
        ObjectNode service = manifest("support", "support-ingress-nginx-controller");

        // When
        cluster.world()
                .delete(ResourceTypes.SERVICES, "support", "support-ingress-nginx-controller", DeleteOptions.now());
        Await.until(
                "the service to be gone",
                LIMIT,
                () -> cluster.world()
                        .find(ResourceTypes.SERVICES, "support", "support-ingress-nginx-controller")
                        .isEmpty());
        cluster.world().redeploy("support", service);
        Await.until("an address", LIMIT, () -> cluster.frontDoor().address().isPresent());

        // Then
        assertThat(cluster.frontDoor().address()).isNotEqualTo(java.util.Optional.of(before));
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void failsWhenItsDatabaseIsBrokenAndMakesOneWhenThereIsNone() throws Exception {
        // When
        scaleHub(0);
        int down = health();
        Files.writeString(cluster.databaseFile(), "no database at all");
        scaleHub(1);
        Await.until(
                "the hub to fail",
                LIMIT,
                () -> hubPods().stream()
                        .anyMatch(pod -> pod.at("/status/containerStatuses/0/restartCount")
                                        .asInt()
                                > 0));
        int broken = health();
        scaleHub(0);
        Files.delete(cluster.databaseFile());
        scaleHub(1);
        Await.until("the hub to be ready", LIMIT, () -> health() == 200);

        // Then
        assertThat(down).isEqualTo(503);
        assertThat(broken).isEqualTo(503);
        assertThat(HubDatabase.at(cluster.databaseFile()).users()).containsExactly("admin");
    }

    @Test
    void failsToWriteToADatabaseThatWasPutInPlaceWhileItRuns() throws Exception {
        // Given
        Path other = HubDatabase.copyOfReal(directory.resolve("other.sqlite")).file();

        // When
        Files.move(other, cluster.databaseFile(), StandardCopyOption.REPLACE_EXISTING);

        // Then
        assertThat(get("/hub/login?user=user001", "").statusCode()).isEqualTo(500);
    }

    @Test
    void listsUsersInPagesForItsServicesOnly() throws Exception {
        // Given
        HttpRequest.Builder plain = request("/hub/api/users");
        String token = "token " + plan.keys().serviceToken();
        HttpRequest.Builder last = request("/hub/api/users?offset=200&limit=200")
                .header("Authorization", token)
                .header("Accept", "application/jupyterhub-pagination+json");

        // Then
        assertThat(get("/hub/api/", "").body()).isEqualTo("{\"version\":\"3.0.0\"}");
        assertThat(send(plain).statusCode()).isEqualTo(403);
        String capped =
                send(request("/hub/api/users").header("Authorization", token)).body();
        assertThat(capped.split("\"kind\"", -1)).hasSize(201);
        String page = send(last).body();
        assertThat(page.split("\"kind\"", -1)).hasSize(57);
        assertThat(page).contains("\"total\":256").contains("\"next\":null");
        assertThat(capped).containsPattern("\"last_activity\":\"20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z\"");
        assertThat(page).contains("\"last_activity\":null");
    }

    @Test
    void letsUsersWorkWhileTheirPodsRun() throws Exception {
        // Given
        Path journal = directory.resolve("writes.jsonl");
        cluster.startServers(List.of(USER));
        Await.until("some work", LIMIT, () -> Files.exists(journal) && lines(journal) > 10);

        // When
        DeleteOptions patient =
                new DeleteOptions(OptionalLong.of(600), DeleteOptions.Propagation.BACKGROUND, "", "", false);
        cluster.world().delete(ResourceTypes.PODS, NAMESPACE, SandboxCluster.podName(USER), patient);
        Await.until("the pod to be gone", LIMIT, () -> cluster.userPods() == 0);

        // Then
        long done = lines(journal);
        WritesVerifier.Verdict verdict = WritesVerifier.verify(journal, homes);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.unacknowledged()).isZero();
        assertThat(lines(journal)).isEqualTo(done);
    }

    /** The service as its chart would apply it again. */
    private ObjectNode manifest(String namespace, String name) {
        ObjectNode service =
                cluster.world().find(ResourceTypes.SERVICES, namespace, name).orElseThrow();
        service.remove("status");
        ((ObjectNode) service.path("metadata")).retain("name", "namespace", "labels", "annotations");
        ((ObjectNode) service.path("spec")).remove(List.of("clusterIP", "clusterIPs"));
        return service;
    }

    private void scaleHub(int replicas) {
        cluster.world().update(ResourceTypes.DEPLOYMENTS, NAMESPACE, "hub", hub -> {
            ((ObjectNode) hub.path("spec")).put("replicas", replicas);
            return hub;
        });
        Await.until("the hub to scale", LIMIT, () -> hubPods().size() == replicas);
    }

    private List<ObjectNode> hubPods() {
        return cluster.world().list(ResourceTypes.PODS, NAMESPACE, "component=hub");
    }

    private static long lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private int health() throws Exception {
        return send(request("/hub/health")).statusCode();
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie.split(";", 2)[0]));
    }

    private HttpRequest.Builder request(String path) {
        String address = cluster.frontDoor().address().orElseThrow();
        return HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path))
                .header("Host", "astro.example.org")
                .timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private int status(String address, String host) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + "/hub/health"))
                .header("Host", host)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
