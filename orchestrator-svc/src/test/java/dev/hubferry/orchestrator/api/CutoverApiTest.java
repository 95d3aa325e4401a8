package dev.hubferry.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** When a hub may be down, and for how long. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class CutoverApiTest {
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
    void closesTheHubOnlyWhenItsWindowHasBegun() {
        // Given
        String start = clock.instant().plus(Duration.ofMinutes(30)).toString();
        String migration = request("windowed", "{\"start\": \"" + start + "\"}");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        awaitStep(migration, "cutover-window", "WAITING");
        assertThat(participants.commandsOf(migration)).noneMatch(command -> command.startsWith("close-source"));

        // When
        clock.advance(Duration.ofMinutes(30));

        // Then
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");
    }

    @Test
    void takesBackAHubThatIsDownForTooLong() {
        // Given
        String migration = request("slow", "{\"maxDowntime\": \"30m\"}");
        participants.hold("sync-final");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        awaitStep(migration, "sync-final", "RUNNING");

        // When
        clock.advance(Duration.ofMinutes(31));

        // Then
        JsonPath end = Client.awaitState(migration, "ROLLED_BACK");
        assertThat(end.getBoolean("pivotPassed")).isFalse();
        List<String> commands = participants.commandsOf(migration);
        assertThat(commands)
                .contains("close-source/do/1", "close-source/undo/1")
                .doesNotContain("switch-record/do/1");
    }

    @Test
    void takesBackAHubThatIsStillDownAtTheEndOfItsWindow() {
        // Given
        String end = clock.instant().plus(Duration.ofMinutes(45)).toString();
        String migration = request("late", "{\"end\": \"" + end + "\"}");
        participants.hold("verify-homes");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        awaitStep(migration, "verify-homes", "RUNNING");

        // When
        clock.advance(Duration.ofMinutes(46));

        // Then
        var unused = Client.awaitState(migration, "ROLLED_BACK");
        assertThat(participants.commandsOf(migration)).contains("close-source/undo/1");
    }

    private static String request(String hub, String cutover) {
        String spec = Client.spec(hub).replace("\"soak\": \"0s\"", "\"soak\": \"0s\", \"cutover\": " + cutover);
        return Client.post(spec).then().statusCode(201).extract().path("id");
    }

    private static void awaitStep(String migration, String step, String state) {
        Await.until(
                step + " to be " + state,
                Duration.ofMinutes(2),
                () -> state.equals(
                        Client.get(migration, "/steps").getString("find { it.name == '" + step + "' }.state")));
    }
}
