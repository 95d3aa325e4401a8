package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static dev.hubferry.orchestrator.api.Client.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people may ask of a migration, over REST, and what is put down of it. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class VerbsApiTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Map<String, String> WHY = Map.of("reason", "the network is being mended");

    @Inject
    TestClock clock;

    @Inject
    Transactions transactions;

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
    void standsStillFromAPauseToItsEnd() {
        // Given
        String migration = seeding("paused");

        // When
        say(migration, "/pause", WHY)
                .then()
                .statusCode(200)
                .body("pause.by", equalTo("olga"))
                .body("pause.inEffect", equalTo(true));
        participants.release("seed-homes");
        var unused = Client.await(
                migration,
                "the end of the seed",
                _ -> Client.get(migration, "/steps")
                        .getString("find { it.name == 'seed-homes' }.state")
                        .equals("SUCCEEDED"));

        // Then
        assertThat(participants.commandsOf(migration)).doesNotContain("lower-ttl/do/1");
        say(migration, "/resume", Map.of()).then().statusCode(200);
        Client.awaitGate(migration, "approve-downtime");
    }

    @Test
    void goesOnFromWhereAnOperatorPutItRight() {
        // Given
        participants.fail("seed-homes", Direction.DO, ErrorCode.TARGET_FULL);
        String migration = Client.request("full");
        Client.approve(migration, "approve-plan");
        assertThat(Client.awaitState(migration, "PARKED").getString("parkedAt")).isEqualTo("seed-homes");

        // When
        participants.reset();
        say(migration, "/steps/seed-homes/retry", Map.of())
                .then()
                .statusCode(200)
                .body("state", equalTo("RUNNING"));

        // Then
        Client.awaitGate(migration, "approve-downtime");
    }

    @Test
    void passesOverWhatTheSagaAllowsOnly() {
        // Given
        participants.fail("verify-live", Direction.DO, ErrorCode.SMOKE_TEST_FAILED);
        String migration = Client.request("skipped");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.awaitState(migration, "PARKED");

        // When, Then
        say(migration, "/steps/open-target/skip", WHY)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:not-skippable"));
        say(migration, "/steps/make-coffee/skip", WHY).then().statusCode(404);
        say(migration, "/steps/%20/skip", WHY).then().statusCode(404);
        say(migration, "/steps/verify-live/skip", Map.of()).then().statusCode(422);
        say(migration, "/steps/verify-live/skip", WHY).then().statusCode(200);
        Client.approve(migration, "approve-cleanup");
        Client.awaitState(migration, "COMPLETED");
        assertThat(Client.get(migration, "/steps").getString("find { it.name == 'verify-live' }.skip.by"))
                .isEqualTo("olga");
    }

    @Test
    void sendsACommandAgainThatWasLost() {
        // Given
        participants.lose("hold-target");
        String migration = Client.request("lost");
        Client.approve(migration, "approve-plan");
        Await.until(
                "the command", SOON, () -> participants.commandsOf(migration).contains("hold-target/do/1"));

        // When the participant is asked, and does not know it
        clock.advance(Duration.ofSeconds(61));

        // Then
        Client.awaitGate(migration, "approve-downtime");
        assertThat(participants.commandsOf(migration)).contains("hold-target/do/2");
    }

    @Test
    void wantsTheRightRole() {
        String migration = seeding("verb-roles");
        for (String verb : List.of("/pause", "/resume", "/abort", "/steps/seed-homes/retry", "/steps/soak/skip")) {
            as(OrchestratorResource.APPROVER)
                    .contentType(ContentType.JSON)
                    .body(WHY)
                    .post(MIGRATIONS + "/" + migration + verb)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void takesARepeatedRequestForTheFirst() {
        // Given
        String migration = seeding("verb-repeated");
        var request =
                as(OrchestratorResource.OPERATOR).contentType(ContentType.JSON).header("Idempotency-Key", "repeated-1");

        // When the answer to the first is lost, and somebody else resumes meanwhile
        request.body(WHY).post(MIGRATIONS + "/" + migration + "/pause").then().statusCode(200);
        say(migration, "/resume", Map.of()).then().statusCode(200);
        request.body(WHY).post(MIGRATIONS + "/" + migration + "/pause").then().statusCode(200);

        // Then it is not paused again
        assertThat(Client.get(migration, "").getString("pause")).isNull();
        request.body(WHY)
                .post(MIGRATIONS + "/" + migration + "/abort")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:hubferry:problem:idempotency-key-reused"));
    }

    @Test
    void wantsSomebodyElseToApproveWhenTheSpecDoes() {
        // Given boss may do everything, and requests a migration that wants four eyes
        String spec =
                Client.spec("four-eyes").replace("{\"expiry\": \"1h\"}", "{\"expiry\": \"1h\", \"fourEyes\": true}");
        String migration = as(OrchestratorResource.BOSS)
                .contentType(ContentType.JSON)
                .body(spec)
                .post(MIGRATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Client.awaitGate(migration, "approve-plan");

        // When, Then
        as(OrchestratorResource.BOSS)
                .contentType(ContentType.JSON)
                .body(Map.of("approved", true))
                .post(MIGRATIONS + "/" + migration + "/approvals/approve-plan")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:four-eyes"));
        Client.answer(migration, "approve-plan", true).then().statusCode(200);
    }

    @Test
    void putsDownWhatWasAskedAndWhatBecameOfIt() {
        // Given
        String migration = seeding("audited");

        // When
        say(migration, "/steps/seed-homes/retry", Map.of()).then().statusCode(409);
        say(migration, "/pause", WHY).then().statusCode(200);
        say(migration, "/pause", WHY).then().statusCode(200);

        // Then
        JsonPath audit = Client.get(migration, "/audit");
        assertThat(audit.getBoolean("intact")).isTrue();
        assertThat(audit.getList("entries.action", String.class))
                .containsExactly("request", "approve approve-plan", "retry seed-homes", "pause", "pause");
        assertThat(audit.getList("entries.principal", String.class))
                .containsExactly("olga", "anna", "olga", "olga", "olga");
        assertThat(audit.getList("entries.outcome", String.class))
                .satisfiesExactly(
                        outcome -> assertThat(outcome).isEqualTo("ACCEPTED"),
                        outcome -> assertThat(outcome).isEqualTo("ACCEPTED"),
                        outcome -> assertThat(outcome).startsWith("REFUSED: seed-homes cannot be tried again"),
                        outcome -> assertThat(outcome).isEqualTo("ACCEPTED"),
                        outcome -> assertThat(outcome).isEqualTo("UNCHANGED: it is paused already"));
    }

    @Test
    void findsAChangedEntry() {
        // Given
        String migration = seeding("tampered");
        say(migration, "/pause", WHY).then().statusCode(200);

        // When somebody who can write in the database makes it another person's word
        execute("update audit set principal = 'vera' where migration_id = '" + migration + "' and seq = 2");

        // Then
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "/" + migration + "/audit")
                .then()
                .body("intact", equalTo(false))
                .body("tampered.sequence", equalTo(2))
                .body("tampered.reason", containsString("not as it was written"));
    }

    @Test
    void findsAnEntryThatWasTakenAway() {
        // Given
        String migration = seeding("shortened");
        say(migration, "/pause", WHY).then().statusCode(200);

        // When
        execute("delete from audit where migration_id = '" + migration + "' and seq = 3");

        // Then
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "/" + migration + "/audit")
                .then()
                .body("intact", equalTo(false))
                .body("tampered.sequence", equalTo(3));
    }

    private void execute(String sql) {
        transactions.runInTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            }
        });
    }

    /** A migration whose seed-homes is in flight. */
    private String seeding(String hub) {
        participants.hold("seed-homes");
        String migration = Client.request(hub);
        Client.approve(migration, "approve-plan");
        Await.until("the step", SOON, () -> participants.commandsOf(migration).contains("seed-homes/do/1"));
        return migration;
    }
}
