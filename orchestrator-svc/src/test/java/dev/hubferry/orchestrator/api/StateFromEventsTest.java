package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassReport;
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
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever reads the public events knows what REST shows, whatever becomes of a migration. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class StateFromEventsTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Map<String, String> WHY = Map.of("reason", "because");

    @Inject
    TestClock clock;

    private final String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    private final List<String> migrations = new ArrayList<>();
    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void areEnoughToKnowWhatRestShows() throws IOException {
        try (OutsideReader outside = OutsideReader.start(servers)) {
            move("outside-moved");
            String expiring = at("outside-expiring", "approve-plan");
            String rejected = at("outside-rejected", "approve-plan");
            Client.answer(rejected, "approve-plan", false).then().statusCode(200);
            outside.assertShowsWhatRestShows("moved, rejected, waiting", migrations);

            parkAndRetry(outside);
            pauseAndAbort(outside);
            queue(outside);
            skip(outside);
            failToUndo(outside);

            // When nobody answers
            clock.advance(Duration.ofHours(2));
            Client.awaitState(expiring, "ROLLED_BACK");
            outside.assertShowsWhatRestShows("expired", migrations);
            lapse(outside);
        }
        // And by who begins anew
        try (OutsideReader outside = OutsideReader.start(servers)) {
            outside.assertShowsWhatRestShows("read anew", migrations);
        }
        assertThat(new PublicContract(servers).violations(Topics.EVENTS)).isEmpty();
    }

    private void parkAndRetry(OutsideReader outside) throws IOException {
        participants.fail("seed-homes", Direction.DO, ErrorCode.TARGET_FULL);
        String migration = at("outside-parked", "approve-plan");
        Client.approve(migration, "approve-plan");
        Client.awaitState(migration, "PARKED");
        outside.assertShowsWhatRestShows("parked", migrations);
        say(migration, "/priority", Map.of("priority", "LOW", "reason", "later"))
                .then()
                .statusCode(200);
        participants.reset();
        say(migration, "/steps/seed-homes/retry", Map.of()).then().statusCode(200);
        Client.awaitGate(migration, "approve-downtime");
        outside.assertShowsWhatRestShows("retried", migrations);
    }

    private void pauseAndAbort(OutsideReader outside) throws IOException {
        participants.hold("seed-homes");
        String migration = at("outside-paused", "approve-plan");
        Client.approve(migration, "approve-plan");
        Await.until("the seed", SOON, () -> participants.holds("seed-homes"));
        say(migration, "/pause", WHY).then().statusCode(200);
        outside.assertShowsWhatRestShows("paused", migrations);
        say(migration, "/resume", Map.of()).then().statusCode(200);
        participants.reset();
        Client.awaitGate(migration, "approve-downtime");

        // A gate that is asked again when a pause ends waits since before
        say(migration, "/pause", WHY).then().statusCode(200);
        clock.advance(Duration.ofMinutes(5));
        say(migration, "/resume", Map.of()).then().statusCode(200);
        outside.assertShowsWhatRestShows("resumed", migrations);
        participants.hold("evict-users");
        Client.approve(migration, "approve-downtime");
        Await.until("the downtime", SOON, () -> participants.holds("evict-users"));
        say(migration, "/pause", WHY).then().statusCode(200);
        outside.assertShowsWhatRestShows("paused in the downtime", migrations);
        Client.abort(migration).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        participants.reset();
        outside.assertShowsWhatRestShows("aborted", migrations);
    }

    private void queue(OutsideReader outside) throws IOException {
        participants.hold("seed-homes");
        String first = narrow("outside-narrow-1");
        Await.until("the first copy", SOON, () -> participants.holds("seed-homes"));
        String second = narrow("outside-narrow-2");
        String third = narrow("outside-narrow-3");
        Client.await(third, "its place", json -> json.get("queued") != null);
        say(second, "/priority", Map.of("priority", "HIGH", "reason", "urgent"))
                .then()
                .statusCode(200);
        say(third, "/pause", WHY).then().statusCode(200);
        outside.assertShowsWhatRestShows("queued", migrations);
        Client.abort(third).then().statusCode(200);
        Client.awaitState(third, "ROLLED_BACK");
        participants.reset();
        Client.awaitGate(first, "approve-downtime");
        Client.awaitGate(second, "approve-downtime");
        outside.assertShowsWhatRestShows("granted", migrations);
    }

    private void skip(OutsideReader outside) throws IOException {
        participants.fail("verify-live", Direction.DO, ErrorCode.SMOKE_TEST_FAILED);
        participants.oldTtl(Duration.ofDays(30));
        String migration = at("outside-skipped", "approve-plan");
        Client.approve(migration, "approve-plan");
        Client.await(
                migration,
                "the wait",
                _ -> "WAITING"
                        .equals(Client.get(migration, "/steps")
                                .getString("find { it.name == 'old-ttl-expired' }.state")));
        outside.assertShowsWhatRestShows("in a wait", migrations);
        say(migration, "/steps/old-ttl-expired/skip", WHY).then().statusCode(200);
        Client.approve(migration, "approve-downtime");
        Client.awaitState(migration, "PARKED");
        outside.assertShowsWhatRestShows("parked after the pivot", migrations);
        say(migration, "/steps/verify-live/skip", WHY).then().statusCode(200);
        Client.awaitGate(migration, "approve-cleanup");
        Client.answer(migration, "approve-cleanup", false).then().statusCode(200);
        Client.awaitState(migration, "PARKED");
        outside.assertShowsWhatRestShows("parked at a gate", migrations);
        say(migration, "/steps/approve-cleanup/retry", Map.of()).then().statusCode(200);
        Client.approve(migration, "approve-cleanup");
        Client.awaitState(migration, "COMPLETED");
        participants.reset();
        outside.assertShowsWhatRestShows("skipped", migrations);
    }

    private void failToUndo(OutsideReader outside) throws IOException {
        participants.fail("close-route", Direction.DO, ErrorCode.UNEXPECTED);
        participants.fail("open-route", Direction.UNDO, ErrorCode.SPEC_INVALID);
        participants.fail("sync-final", Direction.DO, ErrorCode.SPEC_INVALID);
        participants.hold("transfer-database");
        String migration = at("outside-stuck", "approve-plan");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.awaitState(migration, "PARKED");
        outside.assertShowsWhatRestShows("parked on the way back", migrations);
        say(migration, "/steps/open-route/retry", Map.of()).then().statusCode(200);
        Client.awaitState(migration, "PARKED");
        outside.assertShowsWhatRestShows("parked again", migrations);
        say(migration, "/steps/open-route/skip", WHY).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        participants.reset();
        outside.assertShowsWhatRestShows("undone by hand", migrations);
    }

    private void lapse(OutsideReader outside) throws IOException {
        Instant now = clock.instant();
        participants.seed(List.of(
                new PassReport(
                        1,
                        PassReport.Kind.SEED,
                        now.minusSeconds(1_260),
                        now.minusSeconds(60),
                        7_000,
                        6_500,
                        120_000_000,
                        0),
                new PassReport(2, PassReport.Kind.SEED, now.minusSeconds(60), now, 7_000, 240, 12_000_000, 0)));
        String cutover = "{\"start\": \"%s\", \"finalPassBudget\": \"15m\"}"
                .formatted(clock.instant().plus(Duration.ofMinutes(30)));
        String spec = Client.spec("outside-lapsed")
                .replace("\"soak\": \"0s\"", "\"soak\": \"0s\", \"cutover\": " + cutover)
                .replace("\"1h\"", "\"7d\"");
        String migration = Client.post(spec).then().statusCode(201).extract().path("id");
        migrations.add(migration);
        Client.approve(migration, "approve-plan");
        Client.awaitGate(migration, "approve-downtime");
        // All of the forecast: it is for the window's beginning, whenever one looks before
        outside.assertShowsWhatRestShows("with a forecast", migrations);
        Client.approve(migration, "approve-downtime");
        say(migration, "/pause", WHY).then().statusCode(200);
        clock.advance(Duration.ofHours(8));
        say(migration, "/resume", Map.of()).then().statusCode(200);
        Client.awaitGate(migration, "approve-downtime");
        Client.abort(migration).then().statusCode(200);
        Client.awaitState(migration, "ROLLED_BACK");
        outside.assertShowsWhatRestShows("lapsed", migrations);
    }

    private void move(String hub) {
        String migration = at(hub, "approve-plan");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");
        Client.awaitState(migration, "COMPLETED");
    }

    private String at(String hub, String gate) {
        String migration = Client.request(hub);
        migrations.add(migration);
        Client.awaitGate(migration, gate);
        return migration;
    }

    private String narrow(String hub) {
        String spec = Client.spec(hub).replace("nfs-old", "nfs-narrow");
        String migration = Client.post(spec).then().statusCode(201).extract().path("id");
        migrations.add(migration);
        Client.approve(migration, "approve-plan");
        return migration;
    }
}
