package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static dev.hubferry.orchestrator.api.Client.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The queue at a storage server that bears one copy at a time, over REST. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class QueueApiTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Map<String, String> URGENT = Map.of("priority", "HIGH", "reason", "the dean waits");

    @Inject
    TestClock clock;

    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void showsWhoWaitsForWhatAndLetsTheUrgentInFirst() {
        // Given one copies, and two wait
        participants.hold("seed-homes");
        String first = narrow("narrow-1");
        Await.until("the first copy", SOON, () -> participants.holds("seed-homes"));
        String second = narrow("narrow-2");
        awaitQueued(second);
        String third = narrow("narrow-3");
        awaitQueued(third);

        // When
        JsonPath shown = Client.get(third, "");
        JsonPath step = Client.get(third, "/steps");
        JsonPath pool = narrowPool();

        // Then
        assertThat(shown.getString("queued.step")).isEqualTo("seed-homes");
        assertThat(shown.getString("priority")).isEqualTo("NORMAL");
        assertThat(shown.getString("phase")).isEqualTo("seed");
        String need = "queued.needs.find { it.resource == 'seed/nfs-narrow' }.";
        assertThat(shown.getInt(need + "position")).isEqualTo(2);
        assertThat(shown.getInt(need + "limit")).isEqualTo(1);
        assertThat(shown.getInt(need + "held")).isEqualTo(1);
        assertThat(shown.getBoolean(need + "lacking")).isTrue();
        assertThat(shown.getBoolean("queued.needs.find { it.resource == 'seed/nfs-new' }.lacking"))
                .isFalse();
        assertThat(step.getString("find { it.name == 'seed-homes' }.state")).isEqualTo("QUEUED");
        assertThat(step.getString("find { it.name == 'seed-homes' }.queued.since"))
                .isEqualTo(shown.getString("queued.since"));
        assertThat(pool.getInt("limit")).isEqualTo(1);
        assertThat(pool.getList("held.migration", String.class)).containsExactly(first);
        assertThat(pool.getList("held.step", String.class)).containsExactly("seed-homes");
        assertThat(pool.getList("waiting.migration", String.class)).containsExactly(second, third);
        assertThat(pool.getList("waiting.position", Integer.class)).containsExactly(1, 2);
        assertThat(pool.getList("waiting[1].lacks", String.class)).containsExactly("seed/nfs-narrow");

        // When the third one is made urgent
        say(third, "/priority", URGENT)
                .then()
                .statusCode(200)
                .body("priority", equalTo("HIGH"))
                .body("queued.needs.find { it.resource == 'seed/nfs-narrow' }.position", equalTo(1));
        participants.release("seed-homes");
        participants.hold("lower-ttl");

        // Then it has its turn before the second
        for (String migration : List.of(first, second, third)) {
            var unused = Client.await(
                    migration,
                    "the copy",
                    _ -> participants.commandsOf(migration).contains("lower-ttl/do/1"));
        }
        assertThat(since(third)).isBefore(since(second));
        assertThat(narrowPool().getList("held")).isEmpty();
        participants.reset();
        Client.abort(third).then().statusCode(200);
        assertThat(EventsClient.history(third))
                .containsSubsequence(
                        "hubferry.step-queued.v1",
                        "hubferry.priority-changed.v1",
                        "hubferry.slots-granted.v1",
                        "hubferry.step-started.v1");
        assertThat(Client.get(third, "/audit").getList("entries.action", String.class))
                .contains("priority HIGH");
    }

    @Test
    void changesAPriorityOnceForAKeyAndOnlyForOperators() {
        // Given
        String migration = Client.request("prioritized");
        Client.awaitGate(migration, "approve-plan");

        // When, Then
        for (int time = 0; time < 2; time++) {
            as(OrchestratorResource.OPERATOR)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", "p-1")
                    .body(URGENT)
                    .post(MIGRATIONS + "/" + migration + "/priority")
                    .then()
                    .statusCode(200)
                    .body("priority", equalTo("HIGH"));
        }
        as(OrchestratorResource.VIEWER)
                .contentType(ContentType.JSON)
                .body(URGENT)
                .post(MIGRATIONS + "/" + migration + "/priority")
                .then()
                .statusCode(403);
        say(migration, "/priority", Map.of("priority", "HIHG"))
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("#/priority"))
                .body("errors.pointer", hasItem("#/reason"))
                .body("errors.remedy", hasItem(containsString("HIGH")));
        Client.abort(migration).then().statusCode(200);
        assertThat(EventsClient.history(migration))
                .filteredOn("hubferry.priority-changed.v1"::equals)
                .hasSize(1);
    }

    @Test
    void refusesToMoveWhatHasEnded() {
        String migration = Client.request("ended");
        Client.awaitGate(migration, "approve-plan");
        Client.abort(migration).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        say(migration, "/priority", URGENT).then().statusCode(409).body("type", containsString("not-running"));
    }

    @Test
    void takesAPriorityFromTheSpec() {
        Client.post(Client.spec("born-urgent").replace("\"soak\"", "\"priority\": \"HIGH\", \"soak\""))
                .then()
                .statusCode(201)
                .body("priority", equalTo("HIGH"))
                .body("spec.priority", equalTo("HIGH"));
        Client.post(Client.spec("born-wrong").replace("\"soak\"", "\"priority\": \"URGENT\", \"soak\""))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/priority"));
    }

    @Test
    void showsEveryLimitToEverybodyWithAToken() {
        as(OrchestratorResource.VIEWER)
                .get("/api/v1/queue")
                .then()
                .statusCode(200)
                .body("resources.resource", hasItem("seed/nfs-narrow"))
                .body("resources.resource", hasItem("cluster-cutover/old"))
                .body("resources.resource", hasItem("dns-cutover/example"))
                .body("resources.find { it.resource == 'cluster-cutover/new' }.limit", equalTo(100));
        RestAssured.get("/api/v1/queue").then().statusCode(401);
    }

    private static String narrow(String hub) {
        String spec = Client.spec(hub).replace("nfs-old", "nfs-narrow");
        String migration = Client.post(spec).then().statusCode(201).extract().path("id");
        Client.approve(migration, "approve-plan");
        return migration;
    }

    private static void awaitQueued(String migration) {
        var unused = Client.await(migration, "its place", json -> json.get("queued") != null);
    }

    private static JsonPath narrowPool() {
        JsonPath queue = as(OrchestratorResource.VIEWER)
                .get("/api/v1/queue")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return queue.setRootPath("resources.find { it.resource == 'seed/nfs-narrow' }");
    }

    private static Instant since(String migration) {
        return Instant.parse(Client.get(migration, "/steps").getString("find { it.name == 'seed-homes' }.startedAt"));
    }
}
