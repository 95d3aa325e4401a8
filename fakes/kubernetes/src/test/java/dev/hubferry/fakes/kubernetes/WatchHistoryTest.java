package dev.hubferry.fakes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchHistoryTest {

    private static final int HISTORY = 5;
    private static final String PATH = "/api/v1/namespaces/hub/configmaps";

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new TestCluster(FakeKubernetesConfig.builder("watch", directory)
                .historyLength(HISTORY)
                .build());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void streamsLinesUntilTheTimeout() throws Exception {
        // Given
        String before = version();
        create("a");

        // When
        List<JsonNode> events = watch("resourceVersion=" + before + "&timeoutSeconds=1");

        // Then
        assertThat(events).hasSize(1);
        assertThat(Json.text(events.getFirst(), "type")).isEqualTo("ADDED");
        assertThat(Json.text(events.getFirst(), "object", "metadata", "name")).isEqualTo("a");
    }

    @Test
    void sendsNothingOfAQuietWorld() throws Exception {
        assertThat(watch("resourceVersion=" + version() + "&timeoutSeconds=1")).isEmpty();
    }

    @Test
    void tellsAWatcherOfForgottenHistoryThatItIsGone() throws Exception {
        // Given
        String before = version();
        for (int i = 0; i <= HISTORY; i++) {
            create("map-" + i);
        }

        // When
        List<JsonNode> events = watch("resourceVersion=" + before);

        // Then
        assertThat(events).hasSize(1);
        assertThat(Json.text(events.getFirst(), "type")).isEqualTo("ERROR");
        assertThat(Json.at(events.getFirst(), "object", "code").asInt()).isEqualTo(410);
        assertThat(Json.text(events.getFirst(), "object", "reason")).isEqualTo("Expired");
    }

    @Test
    void refusesToContinueAListThatCompactionForgot() throws Exception {
        // Given
        create("a");
        create("b");
        String token = Json.text(parse(cluster.send("GET", PATH + "?limit=1", "")), "metadata", "continue");
        create("c");
        cluster.world().compact();

        // When
        HttpResponse<String> answer = cluster.send("GET", PATH + "?limit=1&continue=" + token, "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(410);
    }

    private void create(String name) {
        cluster.world()
                .create("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: hub}}".formatted(name));
    }

    private String version() throws Exception {
        return Json.text(parse(cluster.send("GET", PATH, "")), "metadata", "resourceVersion");
    }

    private List<JsonNode> watch(String query) throws Exception {
        return cluster.send("GET", PATH + "?watch=true&" + query, "")
                .body()
                .lines()
                .map(line -> Json.parseJson(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static JsonNode parse(HttpResponse<String> answer) {
        return Json.parseJson(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
