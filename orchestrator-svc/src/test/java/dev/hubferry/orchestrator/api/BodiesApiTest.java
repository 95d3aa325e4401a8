package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a request's body, and how much. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class BodiesApiTest {
    private static final int LIMIT = 256 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/x-yaml", "text/yaml", "application/yaml; charset=utf-8"})
    void takesASpecAsYaml(String type) {
        String hub = type.replaceAll("[^a-z]+", "-") + "-yaml";
        yaml(type, """
                name: %1$s to the new cluster
                source: {cluster: old, namespace: %1$s}
                target: {cluster: new, namespace: %1$s}
                homes:
                  source: {storage: nfs-old, path: /export/homes/%1$s}
                  target: {storage: nfs-new, path: /export/homes/%1$s}
                dns:
                  zone: example
                  name: %1$s.example.org
                  cutoverTtl: 60s
                soak: 0s
                """.formatted(hub), MIGRATIONS)
                .then()
                .statusCode(201)
                .body("spec.name", equalTo(hub + " to the new cluster"))
                .body("spec.dns.cutoverTtl", equalTo("PT1M"));
    }

    @Test
    void takesTheBodiesOfVerbsAsYaml() {
        String path = MIGRATIONS + "/" + Client.request("yaml-verbs");
        yaml("text/yaml", "reason: a storm", path + "/pause")
                .then()
                .statusCode(200)
                .body("pause.reason", equalTo("a storm"));
        yaml("text/yaml", "priority: HIHG\nreason: x", path + "/priority")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/priority"))
                .body("errors[0].remedy", equalTo("did you mean 'HIGH'?"));
        yaml("text/yaml", "reason: no", path + "/abort")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:hubferry:problem:malformed-yaml"))
                .body("detail", startsWith("line 1, column 9: 'no' "));
    }

    @Test
    void saysWhatIsWrongWithYamlAsWithJson() {
        yaml("application/yaml", "nmae: x\nsource: {cluster: old\n", MIGRATIONS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("line 3, column 1: "));
        yaml("application/yaml", "name: x\nsorce: {cluster: old}", MIGRATIONS)
                .then()
                .statusCode(422)
                .body("errors.find { it.pointer == '#/sorce' }.remedy", equalTo("did you mean 'source'?"));
        yaml("application/yaml", "", MIGRATIONS).then().statusCode(400).body("detail", equalTo("the body is empty"));
    }

    @Test
    void takesARepeatedKeyByTheBytesOfTheBody() {
        // Given
        String spec = Client.spec("yaml-key");
        String first = withKey("application/yaml", spec)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        // Then
        withKey("application/yaml", spec).then().statusCode(201).body("id", equalTo(first));
        withKey("application/yaml", spec + "# and a remark")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:hubferry:problem:idempotency-key-reused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream"})
    void refusesOtherTypes(String type) {
        String path = MIGRATIONS + "/" + Client.request("type-" + type.replaceAll("[^a-z]+", "-"));
        for (String to : List.of(MIGRATIONS, path + "/pause", path + "/approvals/approve-plan")) {
            as(OrchestratorResource.BOSS)
                    .contentType(type)
                    .body("reason=x".getBytes(UTF_8))
                    .post(to)
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:hubferry:problem:unsupported-media-type"))
                    .body("remedy", containsString("application/yaml"));
        }
    }

    @Test
    void takesABodyAsLongAsItMayBe() {
        String spec = Client.spec("just-right");
        Client.post(spec + " ".repeat(LIMIT - spec.length())).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml", "text/plain"})
    void refusesALongerOneAtEveryPath(String type) {
        String path = MIGRATIONS + "/" + Client.request("long-" + type.replaceAll("[^a-z]+", "-"));
        String tooLong = Client.spec("too-long") + " ".repeat(LIMIT);
        for (String to : List.of(
                MIGRATIONS,
                path + "/approvals/approve-plan",
                path + "/pause",
                path + "/resume",
                path + "/abort",
                path + "/priority",
                path + "/steps/check-homes/retry",
                path + "/steps/check-homes/skip",
                "/api/v1/nothing")) {
            tooLarge(as(OrchestratorResource.BOSS)
                    .contentType(type)
                    .body(tooLong.getBytes(UTF_8))
                    .post(to));
        }
        assertNothingIsKept();
    }

    @Test
    void refusesALongerOneThatComesInChunks() throws Exception {
        byte[] tooLong = (Client.spec("too-long") + " ".repeat(4 * LIMIT)).getBytes(UTF_8);
        String path = MIGRATIONS + "/" + Client.request("chunks");
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String to :
                    List.of(MIGRATIONS, path + "/approvals/approve-plan", path + "/pause", path + "/priority")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + to))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + OrchestratorResource.BOSS)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/problem+json");
                assertThat(answer.body()).contains("urn:hubferry:problem:too-large", "262144 bytes");
            }
        }
        assertNothingIsKept();
    }

    @Test
    void waitsForNoEndOfAHugeOne() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST " + MIGRATIONS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 99999999999\r\n\r\n{")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:hubferry:problem:too-large");
        }
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        as(OrchestratorResource.OPERATOR)
                .contentType("application/json")
                .header("Idempotency-Key", "k".repeat(201))
                .body(Client.spec("long-key"))
                .post(MIGRATIONS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:hubferry:problem:bad-header"))
                .body("detail", equalTo("Idempotency-Key is longer than 200 characters"));
    }

    private static void tooLarge(Response response) {
        response.then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:too-large"))
                .body("detail", equalTo("the body is larger than 262144 bytes (256 KiB)"));
    }

    private static void assertNothingIsKept() {
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "?namespace=too-long")
                .then()
                .statusCode(200)
                .body("migrations.size()", equalTo(0));
    }

    private static Response yaml(String type, String body, String path) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(type)
                .body(body.getBytes(UTF_8))
                .post(path);
    }

    private static Response withKey(String type, String body) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(type)
                .header("Idempotency-Key", "k-yaml")
                .body(body.getBytes(UTF_8))
                .post(MIGRATIONS);
    }
}
