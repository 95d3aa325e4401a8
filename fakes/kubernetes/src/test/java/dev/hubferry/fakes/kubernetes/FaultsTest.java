package dev.hubferry.fakes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.fakes.kubernetes.http.Mutation;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    private static final String PATH = "/api/v1/namespaces/hub/configmaps";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String MAP = "{\"metadata\":{\"name\":\"a\"},\"data\":{}}";

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new TestCluster(
                FakeKubernetesConfig.builder("faults", directory).build());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void asksToComeBackLaterAsOftenAsTold() throws Exception {
        // Given
        cluster.fake().faults().next(2, new Fault.TooManyRequests(3));

        // When
        HttpResponse<String> first = cluster.send("GET", PATH, "");
        HttpResponse<String> second = cluster.send("GET", PATH, "");
        HttpResponse<String> third = cluster.send("GET", PATH, "");

        // Then
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("3");
        assertThat(first.body()).contains("\"reason\":\"TooManyRequests\"");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void failsWithoutEffect(int status) throws Exception {
        // Given
        cluster.fake().faults().next(1, new Fault.ServerError(status));

        // When
        HttpResponse<String> answer = cluster.send("POST", PATH, MAP);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(cluster.world().find(ResourceTypes.CONFIG_MAPS, "hub", "a")).isEmpty();
        assertThat(cluster.fake().mutations().all()).isEmpty();
    }

    @Test
    void letsARequestWaitUntilItIsLetGo() throws Exception {
        // Given
        CompletableFuture<Void> until = new CompletableFuture<>();
        cluster.fake().faults().next(1, request -> request.method().equals("POST"), new Fault.Stall(until));

        // When
        var waiting = new FutureTask<>(() -> cluster.send("POST", PATH, MAP));
        Thread.ofVirtual().start(waiting);
        cluster.world().await("the request to be stalled", LIMIT, () -> until.getNumberOfDependents() > 0);
        HttpResponse<String> another = cluster.send("GET", PATH, "");

        // Then
        assertThat(another.statusCode()).isEqualTo(200);
        assertThat(cluster.world().find(ResourceTypes.CONFIG_MAPS, "hub", "a")).isEmpty();

        // When
        until.complete(null);

        // Then
        assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(201);
        assertThat(cluster.world().find(ResourceTypes.CONFIG_MAPS, "hub", "a")).isPresent();
    }

    @Test
    void dropsTheConnectionBeforeTheEffect() throws Exception {
        // Given
        cluster.fake().faults().next(1, new Fault.DropConnection());

        // When
        assertThatThrownBy(() -> cluster.send("POST", PATH, MAP)).isInstanceOf(IOException.class);

        // Then
        assertThat(cluster.fake().mutations().all()).isEmpty();
    }

    @Test
    void dropsTheReplyAfterTheEffect() throws Exception {
        // Given
        cluster.fake().faults().next(1, request -> request.method().equals("POST"), new Fault.DropReply());

        // When
        assertThatThrownBy(() -> cluster.send("POST", PATH, MAP)).isInstanceOf(IOException.class);
        HttpResponse<String> again = cluster.send("POST", PATH, MAP);

        // Then
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(cluster.fake().mutations().all())
                .containsExactly(new Mutation("admin", "create", "configmaps", "hub", "a"));
    }

    @Test
    void countsOnlyWhatTookEffect() throws Exception {
        // When
        cluster.send("POST", PATH, MAP);
        cluster.send("POST", PATH, MAP);
        cluster.send("GET", PATH + "/a", "");
        cluster.send("POST", PATH + "?dryRun=All", MAP.replace("\"a\"", "\"b\""));
        cluster.send("DELETE", PATH + "/a", "");

        // Then
        assertThat(cluster.fake().mutations().count("create", "configmaps", "hub", "a"))
                .isEqualTo(1);
        assertThat(cluster.fake().mutations().count("delete", "configmaps", "hub", "a"))
                .isEqualTo(1);
        assertThat(cluster.fake().mutations().all()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer nobody"})
    void tellsStrangersApartFromTheAnonymous(String authorization) throws Exception {
        // When
        HttpResponse<String> answer = cluster.send("GET", PATH, "", authorization);

        // Then
        assertThat(answer.statusCode()).isEqualTo(authorization.isEmpty() ? 403 : 401);
        assertThat(answer.body()).contains("\"kind\":\"Status\"");
    }

    @Test
    void tellsItsVersionToAnybody() throws Exception {
        assertThat(cluster.send("GET", "/version", "", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/apis", "/api/v1", "/apis/apps/v1", "/apis/authorization.k8s.io/v1"})
    void describesItself(String path) throws Exception {
        assertThat(cluster.send("GET", path, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis/batch/v1/jobs", "/api/v1/namespaces/hub/gadgets", "/nowhere"})
    void doesNotKnowOtherPaths(String path) throws Exception {
        assertThat(cluster.send("GET", path, "").statusCode()).isEqualTo(404);
    }
}
