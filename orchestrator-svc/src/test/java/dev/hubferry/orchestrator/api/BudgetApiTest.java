package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static dev.hubferry.orchestrator.api.Client.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
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

/** How long the final pass is thought to take, how long it may, and how long it took. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class BudgetApiTest {
    private static final String GATE = "approve-downtime";

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
        // The first pass took twenty minutes, and the second one, which has just ended, found what changed in them.
        Instant now = clock.instant();
        participants.seed(List.of(
                pass(1, now.minusSeconds(1_260), 1_200, 6_500, 120_000_000),
                pass(2, now.minusSeconds(60), 60, 240, 12_000_000)));
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void showsTheForecastAndWantsAReasonAboveTheBudget() {
        // Given
        String migration = waiting("budget", "{\"finalPassBudget\": \"3m\"}");
        JsonPath waiting = Client.get(migration, "");
        assertThat(waiting.getString("waitingFor.budget")).isEqualTo("PT3M");
        assertThat(waiting.getString("waitingFor.forecast.basis")).isEqualTo("CHANGE_RATE");
        assertThat(high(waiting, "waitingFor.forecast")).isLessThan(Duration.ofMinutes(3));

        // When nobody comes for five hours
        clock.advance(Duration.ofHours(5));

        // Then
        String gate = "find { it.gate == '" + GATE + "' }";
        assertThat(high(Client.get(migration, "/approvals"), gate + ".forecast"))
                .isGreaterThan(Duration.ofMinutes(3));
        Client.answer(migration, GATE, true)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:over-budget"))
                .body(
                        "detail",
                        allOf(
                                containsString("the final pass may take up to PT"),
                                containsString("cutover.finalPassBudget is PT3M")))
                .body("remedy", containsString("overBudget"));
        answer(migration, GATE, Map.of("approved", true, "overBudget", "the dean agrees"))
                .then()
                .statusCode(200);
        Client.approve(migration, "approve-cleanup");
        Client.awaitState(migration, "COMPLETED");

        JsonPath answered = Client.get(migration, "/approvals");
        assertThat(answered.getString(gate + ".overBudget")).isEqualTo("the dean agrees");
        assertThat(answered.getString(gate + ".forecast")).isNull();
        JsonPath audit = Client.get(migration, "/audit");
        assertThat(audit.getList("entries.action", String.class)).contains("approve approve-downtime over budget");
        assertThat(audit.getList("entries.detail", String.class)).contains("the dean agrees");
        JsonPath report = Client.get(migration, "/report");
        assertThat(report.getString("finalPass.forecast.basis")).isEqualTo("CHANGE_RATE");
        assertThat(report.getString("finalPass.budget")).isEqualTo("PT3M");
        assertThat(report.getString("finalPass.overBudget")).isEqualTo("the dean agrees");
        // It takes no time at all here, which nobody foretold
        assertThat(report.getString("finalPass.took")).isEqualTo("PT0S");
        assertThat(report.getBoolean("finalPass.asForecast")).isFalse();
    }

    @Test
    void asksAgainRatherThanToCloseTheHubLaterThanWasApproved() {
        // Given the window begins in half an hour, and the forecast for then was approved
        String start = clock.instant().plus(Duration.ofMinutes(30)).toString();
        String migration = waiting("late-window", "{\"start\": \"" + start + "\", \"finalPassBudget\": \"15m\"}");
        assertThat(Client.get(migration, "").getString("waitingFor.forecast.cutAt"))
                .isEqualTo(start);
        Client.approve(migration, GATE);

        // When it is paused beyond that
        say(migration, "/pause", Map.of("reason", "a storm")).then().statusCode(200);
        clock.advance(Duration.ofHours(8));
        say(migration, "/resume", Map.of()).then().statusCode(200);

        // Then
        Client.awaitGate(migration, GATE);
        Client.answer(migration, GATE, true).then().statusCode(409);
        Client.abort(migration).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        assertThat(participants.commandsOf(migration)).doesNotContain("close-source/do/1");
        assertThat(EventsClient.history(migration))
                .containsSubsequence(
                        "hubferry.approval-answered.v1",
                        "hubferry.approval-lapsed.v1",
                        "hubferry.approval-awaited.v1",
                        "hubferry.migration-rolled-back.v1");
    }

    @Test
    void takesAReasonOnlyWhereThereIsABudget() {
        // Given
        String migration = waiting("no-budget", "{}");
        assertThat(Client.get(migration, "").getString("waitingFor.budget")).isNull();

        // When, Then
        answer(migration, GATE, Map.of("approved", true, "overBudget", "the dean agrees"))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:no-budget"));
        answer(migration, GATE, Map.of("approved", false, "overBudget", "the dean agrees"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/overBudget"));
        clock.advance(Duration.ofHours(5));
        Client.answer(migration, GATE, true).then().statusCode(200);
    }

    private String waiting(String hub, String cutover) {
        String spec = Client.spec(hub)
                .replace("\"soak\": \"0s\"", "\"soak\": \"0s\", \"cutover\": " + cutover)
                .replace("\"1h\"", "\"7d\"");
        String migration = Client.post(spec).then().statusCode(201).extract().path("id");
        Client.approve(migration, "approve-plan");
        Client.awaitGate(migration, GATE);
        return migration;
    }

    private static Response answer(String migration, String gate, Map<String, Object> body) {
        return as(OrchestratorResource.APPROVER)
                .contentType(ContentType.JSON)
                .body(body)
                .post(MIGRATIONS + "/" + migration + "/approvals/" + gate);
    }

    private static Duration high(JsonPath json, String forecast) {
        return Duration.parse(json.getString(forecast + ".high"));
    }

    private static PassReport pass(int number, Instant start, int seconds, long files, long bytes) {
        return new PassReport(number, PassReport.Kind.SEED, start, start.plusSeconds(seconds), 7_000, files, bytes, 0);
    }
}
