package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.OpenApi.Operation;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the OpenAPI document says is whole, kept beside the docs, and what the service really takes and answers. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class OpenApiTest {
    private static final boolean WRITE = Boolean.getBoolean("hubferry.write-docs");

    /** Answers become the examples of the next build; after that the document is to be written. */
    private static final boolean WRITE_EXAMPLES = Boolean.getBoolean("hubferry.write-examples");

    private static final Path KEPT = Path.of("../docs/openapi.yaml");
    private static final Path ANSWERS = Path.of("src/main/resources/openapi/responses");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No participant tells the tests' orchestrator of its connections, and no receiver listens. */
    private static final Set<String> BY_HAND = Set.of("showConnections", "showWebhooks", "listDeadLetters");

    @Inject
    TestClock clock;

    private ScriptedParticipants participants;
    private OpenApi document = new OpenApi(MissingNode.getInstance());
    private String moved = "";
    private String parked = "";
    private String waiting = "";
    private String back = "";
    private String plan = "";
    private JsonNode planned = MissingNode.getInstance();

    @BeforeEach
    void moveSomeHubs() {
        if (participants != null) {
            return;
        }
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        participants = new ScriptedParticipants(servers, clock).start();
        document = new OpenApi(read(as(OrchestratorResource.VIEWER)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString()));
        moved = Client.request("doc-moved");
        back = Client.request("doc-back");
        waiting = Client.request("doc-waiting");
        Client.approve(moved, "approve-plan");
        Client.approve(moved, "approve-downtime");
        Client.approve(moved, "approve-cleanup");
        var unused = Client.awaitState(moved, "COMPLETED");
        Client.awaitGate(back, "approve-plan");
        Client.answer(back, "approve-plan", false).then().statusCode(200);
        unused = Client.awaitState(back, "ROLLED_BACK");
        Client.awaitGate(waiting, "approve-plan");
        participants.fail("check-homes", Direction.DO, ErrorCode.TARGET_FULL);
        parked = Client.request("doc-parked");
        unused = Client.awaitState(parked, "PARKED");
        participants.reset();
        planned =
                read(Client.plan("doc-planned").then().statusCode(200).extract().asString());
        plan = planned.path("id").asText();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void isKeptBesideTheDocs() throws IOException {
        String now = as(OrchestratorResource.VIEWER).get("/q/openapi").asString();
        if (WRITE) {
            Files.writeString(KEPT, now);
        }
        assertThat(Files.readString(KEPT))
                .as("docs/openapi.yaml; -Dhubferry.write-docs=true writes it anew")
                .isEqualTo(now);
    }

    @Test
    void saysOfEachOperationAllThereIsToKnow() {
        SoftAssertions softly = new SoftAssertions();
        for (Operation operation : document.operations()) {
            for (String gap : operation.gaps()) {
                softly.fail(operation.name() + ": " + gap);
            }
        }
        softly.assertAll();
        assertThat(document.operations()).hasSizeGreaterThanOrEqualTo(17);
        assertThat(document.at("/components/securitySchemes/token/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0/token").isArray()).isTrue();
    }

    @Test
    void showsRequestsThatTheServiceTakes() {
        for (Operation operation : document.operations()) {
            for (Map.Entry<String, JsonNode> content :
                    operation.requestContents().entrySet()) {
                // When it is sent about a migration that nobody knows, or to begin one
                JsonNode example = content.getValue().path("example");
                String body = example.isTextual() ? example.textValue() : example.toString();
                Response response = as(OrchestratorResource.BOSS)
                        .contentType(content.getKey())
                        .body(body.getBytes(UTF_8))
                        .post(operation.url("nobody"));

                // Then nothing is wrong with the body
                String what = operation.name() + " with " + content.getKey() + ": " + response.asString();
                if (operation.path().equals(MIGRATIONS)) {
                    assertThat(response.statusCode()).as(what).isIn(201, 409);
                } else {
                    assertThat(response.statusCode()).as(what).isEqualTo(404);
                    assertThat(response.jsonPath().getString("type")).as(what).endsWith(":not-found");
                }
                if (example.isObject()) {
                    assertThat(document.violations(content.getValue().path("schema"), example))
                            .as(what)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void showsAnswersAsTheSchemasSay() {
        for (Operation operation : document.operations()) {
            operation.responseContents().forEach((type, content) -> {
                JsonNode example = content.path("example");
                if (type.endsWith(" application/json")) {
                    assertThat(document.violations(content.path("schema"), example))
                            .as("the example of an answer to " + operation.name())
                            .isEmpty();
                }
            });
        }
        document.problemExamples()
                .forEach((name, problem) -> assertThat(document.violations(document.problemSchema(), problem))
                        .as(name)
                        .isEmpty());
    }

    @Test
    void answersAsTheSchemasSay() throws IOException {
        List<String> answered = new ArrayList<>();
        for (String id : List.of(back, parked, waiting, plan, moved)) {
            for (Operation operation : document.operations()) {
                if (!operation.method().equals("get") || operation.path().endsWith("/events")) {
                    continue;
                }
                Response response = as(OrchestratorResource.VIEWER).get(operation.url(id));
                JsonNode answer = read(response.asString());
                JsonNode schema = response.statusCode() == 200 ? operation.answerSchema(200) : document.problemSchema();
                assertThat(document.violations(schema, answer))
                        .as("%s of %s: %s", operation.name(), id, answer)
                        .isEmpty();
                answered.add(operation.id() + " " + response.statusCode());
                if (WRITE_EXAMPLES && response.statusCode() == 200 && !BY_HAND.contains(operation.id())) {
                    write(operation.id(), answer);
                }
            }
        }
        assertThat(answered)
                .contains(
                        "showReceipt 200",
                        "showReceipt 404",
                        "showReport 200",
                        "showPlan 200",
                        "showPlan 404",
                        "listMigrations 200",
                        "showWebhooks 200",
                        "listDeadLetters 200");
    }

    @Test
    void answersVerbsAndProblemsAsTheSchemasSay() throws IOException {
        // Given
        JsonNode view = document.operation("pauseMigration").answerSchema(200);
        List<Response> done = List.of(
                Client.post(Client.spec("doc-requested")),
                Client.say(waiting, "/pause", Map.of("reason", "an exam")),
                Client.say(waiting, "/resume", Map.of()),
                Client.say(waiting, "/priority", Map.of("priority", "HIGH", "reason", "the term begins")),
                Client.say(parked, "/steps/check-homes/retry", Map.of()));
        List<Response> problems = List.of(
                Client.post("{"),
                Client.post("{}"),
                Client.post(Client.spec("doc-waiting")),
                Client.say(moved, "/abort", Map.of("reason", "too late")),
                Client.say(moved, "/steps/nothing/retry", Map.of()),
                as("wrong").get(MIGRATIONS),
                as(OrchestratorResource.VIEWER).get(MIGRATIONS + "?sort=age"),
                as(OrchestratorResource.VIEWER).post(MIGRATIONS + "/" + moved + "/resume"),
                as(OrchestratorResource.VIEWER).get(MIGRATIONS + "/nobody"));

        // Then
        for (Response response : done) {
            assertThat(response.statusCode()).isIn(200, 201);
            assertThat(document.violations(view, read(response.asString())))
                    .as(response.asString())
                    .isEmpty();
        }
        for (Response response : problems) {
            assertThat(response.contentType()).startsWith("application/problem+json");
            assertThat(document.violations(document.problemSchema(), read(response.asString())))
                    .as(response.asString())
                    .isEmpty();
        }
        assertThat(document.violations(document.operation("requestMigration").answerSchema(200), planned))
                .isEmpty();
        if (WRITE_EXAMPLES) {
            write("requestMigration", read(done.getFirst().asString()));
            write("requestMigration.200", planned);
            // Until the service does not wait any longer.
            participants.hold("check-homes");
            write(
                    "requestMigration.202",
                    read(Client.plan("doc-late")
                            .then()
                            .statusCode(202)
                            .extract()
                            .asString()));
            for (String verb : List.of(
                    "answerGate", "abortMigration", "resumeMigration", "retryStep", "skipStep", "setPriority")) {
                write(verb, read(done.get(3).asString()));
            }
            write("pauseMigration", read(done.get(1).asString()));
        }
    }

    /** An answer as an example: of long lists the first two. */
    private static void write(String operation, JsonNode answer) throws IOException {
        Files.createDirectories(ANSWERS);
        JsonNode shortened = OpenApi.shortened(answer);
        Files.writeString(
                ANSWERS.resolve(operation + ".json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shortened) + "\n");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
