package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.FaultyWire;
import dev.hubferry.sandbox.demo.TurningPoints;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back from each row before users lose their hub, and none after the pivot. */
class WayBackTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void everyRowBeforeTheDowntimeFailsAndTheWorldIsAsBefore() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world")).withHomesOf(6, 300, 3);
        try (SandboxWorld world = SandboxWorld.start(options);
                FaultyWire wire = FaultyWire.start(world.kafka())) {
            world.startServices(Project.root(), wire.orchestratorSettings());
            WayBack wayBack = new WayBack(world, wire);
            List<String> rows = wayBack.rowsAbovePivot();
            assertThat(TurningPoints.ALL).as("what the demo can fail at").isEqualTo(rows);

            for (String row : TurningPoints.BEFORE_DOWNTIME) {
                // When, then
                wayBack.from(row);
            }
        }
    }

    @Test
    void aFailureAfterThePivotParksTheMigrationAndLeavesTheNewHubOpen() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world")).withHomesOf(3, 100, 1);
        try (SandboxWorld world = SandboxWorld.start(options);
                FaultyWire wire = FaultyWire.start(world.kafka())) {
            world.startServices(Project.root(), wire.orchestratorSettings());
            wire.failStep("verify-live");
            Mover mover = new Mover(world);

            // When
            JsonNode ended = mover.watch(mover.request(WayBack.spec(world), "parks"));

            // Then
            assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("PARKED");
            assertThat(ended.path("parkedAt").asText()).isEqualTo("verify-live");
            WayBack.awaitHub(world, SandboxWorld.NEW);
        }
    }
}
