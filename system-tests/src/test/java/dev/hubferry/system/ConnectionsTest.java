package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.sandbox.world.WorldHosts;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.sandbox.world.WorldZone;
import dev.hubferry.testbed.Await;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a platform team sees of its connections before anything is moved. */
class ConnectionsTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void showsWhatAnswersAndWhatDoesNotAnyMore() throws Exception {
        // Given
        WorldOptions options =
                WorldOptions.in(directory.resolve("world")).withHomesOf(1, 5, 1).withQuietUsers();
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());

            // When
            JsonPath all = await(
                    world,
                    "everything to answer",
                    Map.of(
                            SandboxWorld.OLD, "ANSWERS",
                            SandboxWorld.NEW, "ANSWERS",
                            WorldHosts.OLD, "ANSWERS",
                            WorldHosts.NEW, "ANSWERS",
                            WorldZone.CONNECTION, "ANSWERS"));

            // Then
            assertThat(all.getList("connections")).hasSize(5);
            assertThat(all.getList("mismatches")).isEmpty();
            assertThat(all.getList("connections.find { it.name == 'old' }.services.facts.kubernetes"))
                    .hasSize(2);

            // When a server and a service go
            world.hosts().newHost().stop();
            ServiceProcess database = world.services(Service.DATABASE).getFirst();
            database.process().kill();

            // Then
            JsonPath some = await(
                    world,
                    "the failures",
                    Map.of(
                            SandboxWorld.OLD, "UNKNOWN",
                            SandboxWorld.NEW, "UNKNOWN",
                            WorldHosts.OLD, "ANSWERS",
                            WorldHosts.NEW, "FAILS",
                            WorldZone.CONNECTION, "ANSWERS"));
            assertThat(some.getString(
                            "connections.find { it.name == '%s' }.services[0].code".formatted(WorldHosts.NEW)))
                    .isEqualTo("SSH_UNREACHABLE");
            String old = "connections.find { it.name == 'old' }.services.find { it.service == '%s' }.";
            assertThat(some.getString(old.formatted("db") + "cause")).contains("db-transfer-svc is silent");
            assertThat(some.getString(old.formatted("k8s") + "state")).isEqualTo("ANSWERS");

            // When both are back
            world.hosts().newHost().resume();
            database.restart();

            // Then
            var _ = await(
                    world,
                    "both to be back",
                    Map.of(SandboxWorld.OLD, "ANSWERS", SandboxWorld.NEW, "ANSWERS", WorldHosts.NEW, "ANSWERS"));
        }
    }

    private static JsonPath await(SandboxWorld world, String what, Map<String, String> states) {
        return Await.value(what, SOON, () -> {
            JsonPath shown = RestAssured.given()
                    .header("Authorization", "Bearer " + world.tokens().all())
                    .get(world.services(Service.ORCHESTRATOR).getFirst().url() + "/api/v1/connections")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            return Optional.of(shown)
                    .filter(json -> states.entrySet().stream()
                            .allMatch(state -> state.getValue()
                                    .equals(json.getString(
                                            "connections.find { it.name == '%s' }.state".formatted(state.getKey())))));
        });
    }
}
