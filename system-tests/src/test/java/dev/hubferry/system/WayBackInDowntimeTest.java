package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.FaultyWire;
import dev.hubferry.sandbox.demo.TurningPoints;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back from each row at which users have no hub; a class of its own, for another test JVM beside that of {@link WayBackTest}. */
class WayBackInDowntimeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void everyRowOfTheDowntimeFailsAndTheWorldIsAsBeforeAndTheHubMovesAtLast() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world")).withHomesOf(6, 300, 3);
        try (SandboxWorld world = SandboxWorld.start(options);
                FaultyWire wire = FaultyWire.start(world.kafka())) {
            world.startServices(Project.root(), wire.orchestratorSettings());
            WayBack wayBack = new WayBack(world, wire);

            for (String row : TurningPoints.IN_DOWNTIME) {
                // When, then
                wayBack.from(row);
            }

            // When
            wire.tellTheTruth();
            Mover mover = new Mover(world);
            JsonNode ended = mover.watch(mover.request(WayBack.spec(world), "at last"));

            // Then
            assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("COMPLETED");
            assertThat(Trees.fingerprint(world.hubs().newHomes()))
                    .isEqualTo(Trees.fingerprint(world.hubs().oldHomes()));
            WayBack.awaitHub(world, SandboxWorld.NEW);
        }
    }
}
