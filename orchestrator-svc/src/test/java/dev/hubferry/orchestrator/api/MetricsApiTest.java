package dev.hubferry.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.MetricsPage;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Prometheus is told of migrations, without a token. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class MetricsApiTest {
    private static final Duration SOON = Duration.ofMinutes(2);

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
    void tellsOfAMoveAndNamesNobody() throws Exception {
        // Given
        double retriesBefore = sum("hubferry_step_retries_total{code=\"SSH_UNREACHABLE\"");
        double gatesBefore = sum("hubferry_gates_waiting{gate=\"approve-downtime\"");
        double downBefore = sum("hubferry_hubs_down ");
        double movedBefore = sum("hubferry_downtime_seconds_count{outcome=\"moved\"");
        participants.fail("open-route", Direction.DO, ErrorCode.SSH_UNREACHABLE);
        participants.hold("sync-final");
        String migration = Client.request("measured");

        // When
        Client.approve(migration, "approve-plan");
        // Then
        await("a retry", "hubferry_step_retries_total{code=\"SSH_UNREACHABLE\"", retriesBefore + 1);

        // When
        participants.reset();
        participants.hold("sync-final");
        Client.awaitGate(migration, "approve-downtime");
        // Then
        await("the gate", "hubferry_gates_waiting{gate=\"approve-downtime\"", gatesBefore + 1);

        // When
        Client.approve(migration, "approve-downtime");
        // Then
        await("the downtime", "hubferry_hubs_down ", downBefore + 1);
        await("how long it is", "hubferry_hubs_down_longest_seconds ", 0.001);

        // When
        participants.release("sync-final");
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");
        // Then
        await("the hub again", "hubferry_downtime_seconds_count{outcome=\"moved\"", movedBefore + 1);
        given().get("/api/v1/migrations/m-of-somebody").then().statusCode(401);
        given().get("/nowhere/of-somebody").then().statusCode(401);
        String exposition = scrape();
        assertThat(exposition).doesNotContain(migration, "measured", "of-somebody");
        var exposed = new ArrayList<>(MetricsPage.exposed(exposition));
        exposed.removeAll(MetricsPage.documented("Every service"));
        if (Boolean.getBoolean("hubferry.write-docs")) {
            MetricsPage.write("orchestrator-svc", exposed);
        }
        assertThat(MetricsPage.documented("orchestrator-svc")).containsExactlyElementsOf(exposed);
    }

    @Test
    void countsWhatIsRefused() {
        // Given
        double before = sum("hubferry_requests_refused_total{status=\"401\"");
        // When
        given().get("/api/v1/migrations").then().statusCode(401);
        // Then
        assertThat(sum("hubferry_requests_refused_total{status=\"401\"")).isEqualTo(before + 1);
    }

    private static void await(String what, String metric, double atLeast) {
        Await.until(what + " in the metrics", SOON, () -> sum(metric) >= atLeast);
    }

    /** Of all samples that begin so; what is not a number counts for nothing. */
    private static double sum(String start) {
        return scrape().lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .filter(Double::isFinite)
                .sum();
    }

    private static String scrape() {
        return given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
