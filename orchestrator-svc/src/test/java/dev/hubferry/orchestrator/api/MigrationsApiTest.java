package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.Topics;
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
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class MigrationsApiTest {
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
    void movesAHub() {
        // Given
        String migration = Client.request("whole");

        // When
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");

        // Then
        JsonPath end = Client.awaitState(migration, "COMPLETED");
        assertThat(end.getBoolean("pivotPassed")).isTrue();
        assertThat(end.getString("phase")).isEqualTo("clean-up");
        assertThat(participants.commandsOf(migration)).hasSize(28).endsWith("restore-ttl/do/1", "close-route/do/1");
        JsonPath report = Client.get(migration, "/report");
        assertThat(report.getString("outcome")).isEqualTo("COMPLETED");
        assertThat(report.getList("steps")).hasSize(34);
        assertThat(report.getList("steps.outcome")).containsOnly("SUCCEEDED");
        assertThat(report.getInt("homes.users")).isEqualTo(60);
        assertThat(report.getList("homes.passes")).hasSize(2);
        assertThat(report.getInt("database.users")).isEqualTo(61);
        assertThat(report.getString("dns.before[0].value")).isEqualTo("192.0.2.10");
        assertThat(report.getString("dns.after[0].value")).isEqualTo("192.0.2.20");
        assertThat(report.getDouble("downtimeSeconds")).isPositive();
        assertThat(report.getDouble("orchestrationSeconds")).isPositive();
    }

    @Test
    void showsWhatWasFoundBeforeAPersonApproves() {
        // When
        String migration = Client.request("findings");
        Client.awaitGate(migration, "approve-plan");

        // Then
        JsonPath approvals = Client.get(migration, "/approvals");
        assertThat(approvals.getString("[0].gate")).isEqualTo("approve-plan");
        assertThat(approvals.getString("[0].state")).isEqualTo("WAITING");
        assertThat(approvals.getString("[0].notices[0].where")).isEqualTo("cookie_secret");
        assertThat(approvals.getInt("[0].found.check-homes.users")).isEqualTo(60);
        assertThat(approvals.getString("[0].found.check-source.facts.ingress.value"))
                .isEqualTo("192.0.2.10");
        assertThat(approvals.getList("[0].found.check-source.activeHomes")).hasSize(20);
    }

    @Test
    void takesTheMigrationBackWhenAStepFails() {
        // Given
        participants.fail("evict-users", Direction.DO, ErrorCode.PODS_NOT_GONE);
        String migration = Client.request("failing");

        // When
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");

        // Then
        JsonPath end = Client.awaitState(migration, "ROLLED_BACK");
        assertThat(end.getString("cause")).isEqualTo("evict-users failed: PODS_NOT_GONE: as scripted");
        assertThat(participants.commandsOf(migration))
                .endsWith(
                        "evict-users/do/1",
                        "close-source/undo/1",
                        "lower-ttl/undo/1",
                        "open-route/undo/1",
                        "hold-target/undo/1");
        JsonPath report = Client.get(migration, "/report");
        assertThat(report.getList("undos.name"))
                .containsExactly("close-source", "lower-ttl", "open-route", "hold-target");
        assertThat(report.getString("steps.find { it.name == 'evict-users' }.outcome"))
                .isEqualTo("FAILED");
        assertThat(report.getString("steps.find { it.name == 'close-source' }.outcome"))
                .isEqualTo("UNDONE");
        // And its hub may be moved again
        Client.post(Client.spec("failing")).then().statusCode(201);
    }

    @Test
    void listsEveryProblemOfPrepareAtOnce() {
        // Given
        participants.fail("check-homes", Direction.DO, ErrorCode.TARGET_FULL);
        participants.fail("check-zone", Direction.DO, ErrorCode.RECORD_NOT_AS_EXPECTED);

        // When
        String migration = Client.request("problems");

        // Then
        assertThat(Client.awaitState(migration, "PARKED").getString("cause"))
                .contains("TARGET_FULL", "RECORD_NOT_AS_EXPECTED");
        List<Map<String, Object>> steps = Client.get(migration, "/steps").getList("$");
        assertThat(steps.stream()
                        .filter(step -> "FAILED".equals(step.get("state")))
                        .map(step -> step.get("name")))
                .containsExactly("check-homes", "check-zone");
    }

    @Test
    void retriesWhatMayGoAwayByItself() {
        // Given
        participants.fail("check-homes", Direction.DO, ErrorCode.SSH_UNREACHABLE);
        String migration = Client.request("retries");
        var unused = Client.await(
                migration,
                "a retry",
                _ -> Client.get(migration, "/steps").getInt("find { it.name == 'check-homes' }.attempts") > 1);

        // When
        participants.reset();

        // Then
        Client.awaitGate(migration, "approve-plan");
    }

    @Test
    void parksWhenItCannotGoForwardAfterThePivot() {
        // Given
        participants.fail("verify-live", Direction.DO, ErrorCode.SMOKE_TEST_FAILED);
        String migration = Client.request("parked");

        // When
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");

        // Then
        JsonPath parked = Client.awaitState(migration, "PARKED");
        assertThat(parked.getString("parkedAt")).isEqualTo("verify-live");
        assertThat(parked.getString("cause")).contains("SMOKE_TEST_FAILED");
        Client.abort(migration).then().statusCode(409).body("type", equalTo("urn:hubferry:problem:pivot-passed"));
        Client.post(Client.spec("parked"))
                .then()
                .statusCode(409)
                .body(
                        "remedy",
                        equalTo(migration + " is PARKED at verify-live and keeps what it holds: put right what its"
                                + " cause names, then retry, skip or abort it, as docs/operations/parked.md says"));
    }

    @Test
    void cutsOnlyAfterTheOldTimeToLive() {
        // Given the record had a time to live of 40 minutes
        participants.oldTtl(Duration.ofMinutes(40));
        String migration = Client.request("patient");
        Client.approve(migration, "approve-plan");
        var unused = Client.await(migration, "the wait", _ -> isWaiting(migration, "old-ttl-expired"));

        // When most of it has passed
        clock.advance(Duration.ofMinutes(30));

        // Then nobody is asked yet
        Await.until("timers to be looked at", Duration.ofMinutes(1), elapsed(Duration.ofMillis(1_200))::get);
        assertThat(isWaiting(migration, "old-ttl-expired")).isTrue();
        clock.advance(Duration.ofMinutes(10));
        Client.awaitGate(migration, "approve-downtime");
    }

    @Test
    void takesBackWhatIsAbortedInMidStep() {
        // Given
        participants.hold("seed-homes");
        String migration = Client.request("aborted");
        Client.approve(migration, "approve-plan");
        Await.until("the step", Duration.ofMinutes(1), () -> participants.holds("seed-homes"));

        // When
        Client.abort(migration).then().statusCode(200).body("state", equalTo("COMPENSATING"));

        // Then
        var unused = Client.awaitState(migration, "ROLLED_BACK");
        assertThat(participants.commandsOf(migration))
                .endsWith("seed-homes/do/1", "open-route/undo/1", "hold-target/undo/1");
        assertThat(Client.get(migration, "/report").getString("steps.find { it.name == 'seed-homes' }.outcome"))
                .isEqualTo("CANCELLED");
        Client.abort(migration).then().statusCode(409).body("type", equalTo("urn:hubferry:problem:ended"));
    }

    @Test
    void refusesToAbortAfterThePivot() {
        // Given
        participants.hold("open-target");
        String migration = Client.request("too-late");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Await.until("the step", Duration.ofMinutes(1), () -> participants.holds("open-target"));

        // When
        Client.abort(migration).then().statusCode(409).body("type", equalTo("urn:hubferry:problem:pivot-passed"));

        // Then it goes on
        participants.release("open-target");
        Client.awaitGate(migration, "approve-cleanup");
    }

    @Test
    void takesAnApprovalBackWhenItIsRejectedOrExpires() {
        // When
        String rejected = Client.request("rejected");
        Client.awaitGate(rejected, "approve-plan");
        Client.answer(rejected, "approve-plan", false).then().statusCode(200);
        String expired = Client.request("expired");
        Client.awaitGate(expired, "approve-plan");
        clock.advance(Duration.ofHours(2));

        // Then
        assertThat(Client.awaitState(rejected, "ROLLED_BACK").getString("cause"))
                .isEqualTo("approve-plan was rejected by anna: as scripted");
        assertThat(Client.awaitState(expired, "ROLLED_BACK").getString("cause"))
                .isEqualTo("nobody answered approve-plan in time");
    }

    @Test
    void showsProgressOfAStepUnderWay() {
        // Given
        participants.hold("seed-homes");
        String migration = Client.request("progress");
        Client.approve(migration, "approve-plan");
        Await.until("the step", Duration.ofMinutes(1), () -> participants.holds("seed-homes"));

        // When
        Await.until("progress", Duration.ofMinutes(1), () -> {
            participants.report("seed-homes", halfWay());
            return Client.get(migration, "/steps").getInt("find { it.name == 'seed-homes' }.progress.bytesDone") == 5;
        });
        JsonPath steps = Client.get(migration, "/steps");
        assertThat(steps.getMap("find { it.name == 'seed-homes' }.progress"))
                .containsEntry("percent", 50)
                .containsEntry("timeLeft", "PT1M30S")
                .doesNotContainKey("bytesPerSecond");
        assertThat(steps.getString("find { it.name == 'seed-homes' }.progress.homes.open[0].name"))
                .isEqualTo("ada");

        // Then it is gone when the step has ended
        participants.release("seed-homes");
        Client.awaitGate(migration, "approve-downtime");
        assertThat(Client.get(migration, "/steps").getString("find { it.name == 'seed-homes' }.progress"))
                .isNull();
    }

    private static Progress halfWay() {
        Progress.Home ada = new Progress.Home("ada", 5, 10, 1, 2);
        return new Progress(
                "seed pass 1",
                5,
                10,
                1,
                2,
                Optional.of(50),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(90)),
                Optional.of(new Progress.Homes(3, 2, List.of(ada))));
    }

    @Test
    void goesOnAfterMessagesThatNobodyUnderstands() {
        // When
        participants.sendRaw(Topics.REPLIES, "nobody", "no json".getBytes(StandardCharsets.UTF_8));
        String migration = Client.request("poison");

        // Then
        Client.awaitGate(migration, "approve-plan");
    }

    @Test
    void appliesAReplyOnceHoweverOftenItComes() {
        // Given
        String once = Client.request("once");
        String twice = Client.request("twice");
        Client.awaitGate(twice, "approve-plan");

        // When an answer is repeated before its step's successor was sent, and after
        participants.repeatReply(twice, "check-homes");
        List.of(once, twice).forEach(migration -> Client.approve(migration, "approve-plan"));
        Client.awaitGate(twice, "approve-downtime");
        participants.repeatReply(twice, "check-homes");
        participants.repeatReply(twice, "hold-target");
        for (String gate : List.of("approve-downtime", "approve-cleanup")) {
            List.of(once, twice).forEach(migration -> Client.approve(migration, gate));
        }

        // Then the answers to later steps show that the repetitions were heard
        List.of(once, twice).forEach(migration -> Client.awaitState(migration, "COMPLETED"));
        assertThat(participants.arrivalsOf(twice)).hasSize(28).doesNotHaveDuplicates();
        assertThat(EventsClient.history(twice)).containsExactlyInAnyOrderElementsOf(EventsClient.history(once));
    }

    @Test
    void refusesControlCharactersInEveryText() {
        // Given
        String migration = Client.request("controlled");
        Client.awaitGate(migration, "approve-plan");

        // When
        Response requested = Client.post(Client.spec("nul").replace("nul to the", "nul\\u0000 to the"));
        Response answered = Client.as(OrchestratorResource.APPROVER)
                .contentType(ContentType.JSON)
                .body("{\"approved\": true, \"comment\": \"\\u0000\"}")
                .post(Client.MIGRATIONS + "/" + migration + "/approvals/approve-plan");
        Response aborted = Client.as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body("{\"reason\": \"lone \\ud800\"}")
                .post(Client.MIGRATIONS + "/" + migration + "/abort");

        // Then
        requested.then().statusCode(422).body("errors[0].pointer", equalTo("#/name"));
        answered.then().statusCode(422).body("errors[0].pointer", equalTo("#/comment"));
        aborted.then().statusCode(422).body("errors[0].detail", containsString("U+D800"));
    }

    @Test
    void refusesASpecWithEverythingThatIsWrongWithIt() {
        Client.post("""
                        {
                          "name": " ",
                          "source": {"cluster": "olt", "namespace": "Astro"},
                          "target": {"cluster": "new"},
                          "homes": {
                            "source": {"storage": "nfs-old", "path": "export"},
                            "target": {"storage": "tape", "path": "/export/../etc"},
                            "existing": "ADOPT_OWNN"
                          },
                          "database": {"consents": ["LOSE_EVERYTHING"]},
                          "dns": {"zone": "example", "name": "https://astro", "cutover_ttl": "5 minutes"},
                          "approvals": {"expiry": "0s"},
                          "soak": "-PT1S",
                          "speed": 9
                        }
                        """)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:invalid"))
                .body("errors.size()", equalTo(14))
                .body("errors.pointer", hasItem("#/name"))
                .body("errors.find { it.pointer == '#/source/cluster' }.remedy", equalTo("did you mean 'old'?"))
                .body("errors.find { it.pointer == '#/source/namespace' }.detail", containsString("'Astro'"))
                .body("errors.find { it.pointer == '#/target/namespace' }.detail", equalTo("is missing"))
                .body("errors.find { it.pointer == '#/homes/source/path' }.detail", containsString("'export'"))
                .body(
                        "errors.find { it.pointer == '#/homes/target/storage' }.remedy",
                        equalTo("configured are: nfs-narrow, nfs-new, nfs-old"))
                .body("errors.find { it.pointer == '#/homes/existing' }.remedy", equalTo("did you mean 'ADOPT_OWN'?"))
                .body("errors.find { it.pointer == '#/dns/cutover_ttl' }.remedy", equalTo("did you mean 'cutoverTtl'?"))
                .body("errors.find { it.pointer == '#/dns/name' }.detail", containsString("no full DNS name"));
    }

    @Test
    void refusesAHubHomesOrNameThatAnotherMigrationHas() {
        // Given
        String first = Client.request("taken");

        // When
        String overlapping = Client.spec("other").replace("/export/homes/other", "/export/homes/taken/below");

        // Then
        Client.post(Client.spec("taken"))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:held-by-another-migration"))
                .body("migrations", equalTo(List.of(first)))
                .body("detail", containsString("hub:old/taken belongs to migration " + first))
                .body("remedy", equalTo(first + " is RUNNING: wait until it has ended, or abort it before its pivot"));
        Client.post(overlapping)
                .then()
                .statusCode(409)
                .body("detail", containsString("overlaps homes:nfs-old:/export/homes/taken"));
    }

    @Test
    void refusesHomesThatHoldThoseOfAnotherMigrationButNotTheirNeighbours() {
        // Given
        Client.post(withHomes("deep", "/export/tree/deep")).then().statusCode(201);

        // Then
        Client.post(withHomes("wide", "/export/tree"))
                .then()
                .statusCode(409)
                .body("detail", containsString("overlaps homes:nfs-old:/export/tree/deep"));
        Client.post(withHomes("near", "/export/tree/deep-2")).then().statusCode(201);
    }

    private static String withHomes(String hub, String path) {
        return Client.spec(hub).replace("/export/homes/" + hub, path);
    }

    @Test
    void answersARepeatedRequestAsTheFirst() {
        // Given
        String spec = Client.spec("repeated");

        // When
        String first = postWithKey(spec, "k-1").then().statusCode(201).extract().path("id");
        String second =
                postWithKey(spec, "k-1").then().statusCode(201).extract().path("id");

        // Then
        assertThat(second).isEqualTo(first);
        postWithKey(Client.spec("another"), "k-1")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:hubferry:problem:idempotency-key-reused"));
    }

    @Test
    void answersEveryWrongRequestWithAProblem() {
        String id = Client.request("wrong");
        String path = MIGRATIONS + "/" + id;
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "/nobody")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:hubferry:problem:not-found"));
        as(OrchestratorResource.VIEWER)
                .get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        as(OrchestratorResource.VIEWER).delete(path).then().statusCode(405).contentType("application/problem+json");
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "?limit=0")
                .then()
                .statusCode(400)
                .body("detail", containsString("1 to 200"));
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.TEXT)
                .body("x")
                .post(MIGRATIONS)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        Client.post("{\"name\": ").then().statusCode(400).body("type", equalTo("urn:hubferry:problem:malformed-json"));
        Client.post("[]").then().statusCode(422);
        Client.post("").then().statusCode(400);
        Client.answer(id, "approve-downtime", true)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:gate-not-waiting"));
        Client.answer(id, "approve-all", true)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:hubferry:problem:gate-unknown"));
    }

    @Test
    void letsInOnlyWhoHasATokenOfTheRightRole() {
        // Given
        String id = Client.request("roles");

        // Then
        RestAssured.get(MIGRATIONS)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"));
        as("wrong").get(MIGRATIONS).then().statusCode(401).body("type", equalTo("urn:hubferry:problem:unauthorized"));
        as(OrchestratorResource.VIEWER)
                .contentType(ContentType.JSON)
                .body(Client.spec("x"))
                .post(MIGRATIONS)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body("{\"approved\":true}")
                .post(MIGRATIONS + "/" + id + "/approvals/approve-plan")
                .then()
                .statusCode(403);
        as(OrchestratorResource.APPROVER)
                .contentType(ContentType.JSON)
                .body("{\"reason\":\"x\"}")
                .post(MIGRATIONS + "/" + id + "/abort")
                .then()
                .statusCode(403);
        RestAssured.get("/q/openapi").then().statusCode(401);
        RestAssured.get("/q/health/ready").then().statusCode(200);
        as(OrchestratorResource.VIEWER)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/migrations"));
    }

    @Test
    void pagesThroughMigrations() {
        // Given
        List<String> ids = List.of(Client.request("page-a"), Client.request("page-b"), Client.request("page-c"));

        // When
        JsonPath first =
                as(OrchestratorResource.VIEWER).get(MIGRATIONS + "?limit=2").jsonPath();
        JsonPath second =
                as(OrchestratorResource.VIEWER).get(first.getString("next")).jsonPath();

        // Then
        assertThat(first.getList("migrations.id")).isEqualTo(List.of(ids.get(2), ids.get(1)));
        assertThat(second.getString("migrations[0].id")).isEqualTo(ids.get(0));
    }

    private static boolean isWaiting(String migration, String step) {
        return "WAITING".equals(Client.get(migration, "/steps").getString("find { it.name == '" + step + "' }.state"));
    }

    private static Supplier<Boolean> elapsed(Duration time) {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start > time.toNanos();
    }

    private static Response postWithKey(String spec, String key) {
        return as(OrchestratorResource.OPERATOR)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(spec)
                .post(MIGRATIONS);
    }
}
