package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dry runs over REST, with participants that answer as scripted. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestProfile(PlansApiTest.Impatient.class)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class PlansApiTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    TestClock clock;

    @Inject
    SagaDefinitions definitions;

    private ScriptedParticipants participants;

    /** Whom a held check keeps waiting is told so soon. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hubferry.plans.patience", "PT15S", "hubferry.plans.forget-poll", "PT0.2S");
        }
    }

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
        participants.oldTtl(Duration.ofMinutes(30));
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void saysWhatAMigrationWouldDo() {
        // When
        JsonPath plan = Client.plan("planned").then().statusCode(200).extract().jsonPath();

        // Then
        assertThat(plan.getString("verdict")).isEqualTo("READY");
        assertThat(plan.getList("findings")).isEmpty();
        assertThat(plan.getList("pending")).isEmpty();
        assertThat(plan.getList("notices.where", String.class)).containsExactly("cookie_secret");
        assertThat(plan.getString("definition")).isEqualTo(MigrateHub.NAME + "/" + MigrateHub.VERSION);
        assertThat(plan.getString("requestedBy")).isEqualTo("olga");

        // And every row of the table, in its order
        assertThat(plan.getList("steps.name", String.class))
                .isEqualTo(definitions.newest().nodes().stream()
                        .flatMap(SagaDefinition::names)
                        .toList());
        assertThat(plan.getString("steps.find { it.name == 'seed-homes' }.does"))
                .contains("60 homes with 7,000 entries and 120.0 MB", "nfs-new:/export/homes/planned");
        assertThat(plan.getList("steps.findAll { it.hubDown }.name", String.class))
                .startsWith("close-source", "evict-users")
                .endsWith("confirm-still-quiet", "confirm-still-fenced");
        assertThat(plan.getString("steps.find { it.name == 'open-target' }.wayBack"))
                .isEqualTo("NONE");

        // And the zone's diff
        assertThat(plan.getMap("zone.before"))
                .containsEntry("value", "192.0.2.10")
                .containsEntry("ttlSeconds", 1800);
        assertThat(plan.getMap("zone.cutover"))
                .containsEntry("value", "192.0.2.10")
                .containsEntry("ttlSeconds", 60);
        assertThat(plan.getMap("zone.after"))
                .containsEntry("value", "192.0.2.20")
                .containsEntry("ttlSeconds", 1800);
        assertThat(plan.getInt("zone.untouched")).isZero();

        // And sizes, times, people
        assertThat(plan.getLong("sizes.homes.bytes")).isEqualTo(120_000_000);
        assertThat(plan.getString("sizes.database.kind")).isEqualTo("sqlite-pvc");
        assertThat(plan.getInt("sizes.userServers")).isEqualTo(2);
        assertThat(plan.getString("forecast.waits.find { it.step == 'old-ttl-expired' }.length"))
                .isEqualTo("PT30M");
        assertThat(plan.getString("forecast.downtimeAtLeast")).isEqualTo("PT1M");
        assertThat(plan.getList("users.step", String.class))
                .containsExactly("seed-homes", "close-source", "evict-users", "open-target");
        assertThat(plan.getList("approvals.gate", String.class))
                .containsExactly("approve-plan", "approve-downtime", "approve-cleanup");
        assertThat(plan.getString("approvals[2].unanswered")).contains("parked");
        assertThat(plan.getList("queues.resource", String.class))
                .containsExactly(
                        "seed/nfs-new",
                        "seed/nfs-old",
                        "cluster-cutover/new",
                        "cluster-cutover/old",
                        "dns-cutover/example");
        assertThat(participants.commandsOf(plan.getString("id")))
                .containsExactlyInAnyOrder(
                        "check-source/do/1",
                        "check-target/do/1",
                        "check-homes/do/1",
                        "check-database/do/1",
                        "check-zone/do/1",
                        "check-record/do/1");
    }

    @Test
    void showsItLaterToAnybodyAndNowhereAmongMigrations() {
        // Given
        Response planned = Client.plan("shown");
        String id = planned.path("id");
        String location = planned.header("Location");

        // Then
        assertThat(location).endsWith("/api/v1/plans/" + id);
        for (String token :
                List.of(OrchestratorResource.VIEWER, OrchestratorResource.OPERATOR, OrchestratorResource.APPROVER)) {
            as(token).get("/api/v1/plans/" + id).then().statusCode(200).body("verdict", equalTo("READY"));
        }
        for (String part : List.of("", "/steps", "/approvals", "/events", "/report", "/audit", "/receipt")) {
            as(OrchestratorResource.VIEWER)
                    .get(MIGRATIONS + "/" + id + part)
                    .then()
                    .statusCode(404)
                    .body("type", containsString("not-found"));
        }
        Client.abort(id).then().statusCode(404);
        assertThat(as(OrchestratorResource.VIEWER)
                        .get(MIGRATIONS + "?limit=200")
                        .jsonPath()
                        .getList("migrations.id", String.class))
                .doesNotContain(id);
        as(OrchestratorResource.VIEWER)
                .get("/api/v1/plans/nobody-knows")
                .then()
                .statusCode(404)
                .body("type", endsWith("no-plan"));
        as(OrchestratorResource.VIEWER)
                .get("/api/v1/plans/" + Client.request("no-plan"))
                .then()
                .statusCode(404)
                .body("type", endsWith("no-plan"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check-source", "check-target", "check-homes", "check-database", "check-zone", "check-record"})
    void namesWhatACheckFinds(String check) {
        // Given
        participants.fail(check, Direction.DO, ErrorCode.PERMISSION_MISSING);

        // When
        JsonPath plan =
                Client.plan("finds-" + check).then().statusCode(200).extract().jsonPath();

        // Then
        assertThat(plan.getString("verdict")).isEqualTo("NEEDS_ATTENTION");
        assertThat(plan.getString("findings.find { it.code == 'PERMISSION_MISSING' }.where"))
                .isEqualTo(check);
        assertThat(plan.getString("findings.find { it.code == 'PERMISSION_MISSING' }.detail"))
                .isEqualTo("as scripted");
        assertThat(plan.getString("findings.find { it.code == 'PERMISSION_MISSING' }.remedy"))
                .isNotBlank();
        assertThat(plan.getList("findings")).hasSize(check.equals("check-source") ? 2 : 1);
        assertThat(plan.getList("steps")).hasSize(34);
    }

    @Test
    void namesWhatAllChecksFindAtOnce() {
        // Given
        List<String> failing = List.of("check-source", "check-target", "check-homes", "check-database", "check-zone");
        failing.forEach(check -> participants.fail(check, Direction.DO, ErrorCode.PERMISSION_MISSING));

        // Then
        Client.plan("finds-all")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("NEEDS_ATTENTION"))
                .body("findings.where", hasItems(failing.toArray()))
                .body("findings.find { it.code == 'NOT_CHECKED' }.where", equalTo("check-record"))
                .body("zone", equalTo(null))
                .body("sizes.homes.bytes", equalTo(null));
    }

    @Test
    void asksAgainWhatMayPass() {
        participants.fail("check-homes", Direction.DO, ErrorCode.SSH_UNREACHABLE);
        JsonPath plan = Client.plan("passing").then().statusCode(200).extract().jsonPath();
        assertThat(plan.getList("findings.code", String.class)).containsExactly("SSH_UNREACHABLE");
        assertThat(participants.commandsOf(plan.getString("id"))).contains("check-homes/do/3");
    }

    @Test
    void saysWhereThePlanWillBeWhenItTakesLonger() {
        // Given
        participants.hold("check-homes");

        // When
        Response early = Client.plan("slow");
        early.then()
                .statusCode(202)
                .header("Location", containsString("/api/v1/plans/plan-slow"))
                .body("pending", equalTo(List.of("check-homes")))
                .body("verdict", equalTo(null));
        String id = early.path("id");
        participants.release("check-homes");

        // Then
        awaitVerdict(id, "READY");
    }

    @Test
    void doesNotWaitForEverForWhoNeverAnswers() {
        // Given
        participants.hold("check-homes");
        participants.fail("check-database", Direction.DO, ErrorCode.DATABASE_CORRUPT);
        String id = Client.plan("silent").then().statusCode(202).extract().path("id");

        // When
        clock.advance(Duration.ofMinutes(61));

        // Then
        JsonPath plan = awaitVerdict(id, "NEEDS_ATTENTION");
        assertThat(plan.getList("findings.code", String.class))
                .containsExactlyInAnyOrder("MESSAGE_LOST", "DATABASE_CORRUPT");
        assertThat(plan.getList("pending")).isEmpty();
        Await.until("the check to be withdrawn", SOON, () -> !participants.holds("check-homes"));
    }

    @Test
    void isTheSamePlanUnderTheSameKeyAndAnotherRequestThanTheMigration() {
        // Given
        String first = plan("keyed", "k-plan").then().statusCode(200).extract().path("id");

        // Then
        plan("keyed", "k-plan").then().statusCode(200).body("id", equalTo(first));
        plan("keyed-other", "k-plan").then().statusCode(422).body("type", endsWith("idempotency-key-reused"));
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k-plan")
                .body(Client.spec("keyed"))
                .post(MIGRATIONS)
                .then()
                .statusCode(422)
                .body("type", endsWith("idempotency-key-reused"));
    }

    @Test
    void namesTheMigrationThatHasWhatThisOneNeedsAndChecksNothingBesideIt() {
        // Given
        participants.oldTtl(Duration.ofMillis(20));
        String migration = Client.request("taken");
        Client.awaitGate(migration, "approve-plan");

        // When
        JsonPath plan = Client.plan("taken").then().statusCode(200).extract().jsonPath();

        // Then
        assertThat(plan.getString("verdict")).isEqualTo("NEEDS_ATTENTION");
        assertThat(plan.getList("findings.code", String.class))
                .containsOnly("HELD_BY_ANOTHER_MIGRATION", "NOT_CHECKED")
                .hasSize(6);
        assertThat(plan.getString("findings[0].detail")).contains(migration);
        assertThat(plan.getString("findings[0].remedy")).contains("RUNNING");
        assertThat(participants.commandsOf(plan.getString("id"))).isEmpty();

        // And the migration goes on as if nothing had been
        Client.approve(migration, "approve-plan");
        Client.awaitGate(migration, "approve-downtime");
        Client.abort(migration).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        assertThat(as(OrchestratorResource.VIEWER)
                        .get("/api/v1/plans/" + plan.getString("id"))
                        .jsonPath()
                        .getString("findings[0].remedy"))
                .contains("has ended by now");
    }

    @Test
    void findsTimesThatCannotBeKept() {
        // Given a downtime in which caches cannot be waited for, and a window that ends before the old TTL has
        String spec = Client.spec("times")
                .replace(
                        "\"approvals\"",
                        "\"cutover\": {\"end\": \"%s\", \"maxDowntime\": \"45s\"}, \"approvals\""
                                .formatted(clock.instant().plus(Duration.ofMinutes(20))));

        // Then
        post(spec, "?dryRun=true")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("NEEDS_ATTENTION"))
                .body("findings.code", equalTo(List.of("DOWNTIME_TOO_SHORT", "WINDOW_TOO_EARLY")))
                .body("findings.where", equalTo(List.of("cutover.maxDowntime", "cutover.end")));
    }

    @Test
    void validatesTheSpecAsForAMigration() {
        post("{\"name\": \"x\"}", "?dryRun=true")
                .then()
                .statusCode(422)
                .body("type", endsWith("invalid"))
                .body("errors.pointer", hasItem("#/source"));
        post("{", "?dryRun=true").then().statusCode(400).body("type", endsWith("malformed-json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?dryRun=yes",
                "?dryRun=",
                "?dryRun",
                "?dryRun=TRUE",
                "?dryrun=true",
                "?dry-run=true",
                "?dryRun=true&dryRun=false"
            })
    void movesNoHubWhenItIsAskedForInAnotherWay(String query) {
        String hub = "misread";
        post(Client.spec(hub), query).then().statusCode(400).body("type", endsWith("bad-parameter"));
        assertThat(as(OrchestratorResource.VIEWER)
                        .get(MIGRATIONS + "?limit=200")
                        .jsonPath()
                        .getList("migrations.name", String.class))
                .doesNotContain(hub + " to the new cluster");
    }

    @Test
    void movesAHubWhenDryRunIsFalse() {
        post(Client.spec("not-dry"), "?dryRun=false").then().statusCode(201).body("state", equalTo("RUNNING"));
    }

    @Test
    void isForOperators() {
        for (String token : List.of(OrchestratorResource.VIEWER, OrchestratorResource.APPROVER)) {
            as(token)
                    .contentType(ContentType.JSON)
                    .body(Client.spec("not-allowed"))
                    .post(MIGRATIONS + "?dryRun=true")
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void isForgottenSomeDaysAfterItsEnd() {
        // Given
        String id = Client.plan("forgotten").then().statusCode(200).extract().path("id");

        // When
        clock.advance(Duration.ofDays(8));

        // Then
        Await.until(
                "the plan to be gone",
                SOON,
                () -> as(OrchestratorResource.VIEWER).get("/api/v1/plans/" + id).statusCode() == 404);
    }

    private static Response plan(String hub, String key) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Client.spec(hub))
                .post(MIGRATIONS + "?dryRun=true");
    }

    private static Response post(String spec, String query) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(spec)
                .post(MIGRATIONS + query);
    }

    private static JsonPath awaitVerdict(String id, String verdict) {
        JsonPath plan = Await.value(
                "the verdict of " + id,
                SOON,
                () -> Optional.of(as(OrchestratorResource.VIEWER)
                                .get("/api/v1/plans/" + id)
                                .jsonPath())
                        .filter(json -> json.getString("verdict") != null));
        assertThat(plan.getString("verdict")).isEqualTo(verdict);
        return plan;
    }
}
