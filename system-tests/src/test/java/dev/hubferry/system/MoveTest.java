package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.probe.Downtime;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aHubMovesWhileItsUsersWorkAndNothingIsLost() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(12, 1500, 15)
                .withSeed(11);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());
            Mover mover = new Mover(world);

            // When
            String id = mover.request(DemoSpec.of(world), "move");
            JsonNode ended = mover.watch(id);

            // Then
            assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("COMPLETED");
            Path source = world.hubs().oldHomes();
            Path target = world.hubs().newHomes();
            assertThat(Trees.entries(target)).isGreaterThanOrEqualTo(1500);
            assertThat(Trees.fingerprint(target)).isEqualTo(Trees.fingerprint(source));
            assertThat(Files.getAttribute(target, "unix:ino")).isNotEqualTo(Files.getAttribute(source, "unix:ino"));
            assertThat(WritesVerifier.verify(world.layout().writes(), target).allFound())
                    .isTrue();
            Await.until(
                    "the name leads to the new hub",
                    Duration.ofSeconds(20),
                    () -> world.prober().latest().hub().equals(SandboxWorld.NEW));
            JsonNode report = mover.report(id);
            assertThat(report.path("downtimeSeconds").asDouble())
                    .isCloseTo(Downtime.seconds(world.layout().prober()), within(3.0));
            assertThat(report.path("homes").path("passes").findValuesAsText("kind"))
                    .contains("SEED", "FINAL");
            for (ServiceProcess service : world.services()) {
                assertThat(service.process().residentBytes())
                        .as(service.service().module())
                        .isLessThan(250 * MIB);
            }
        }
    }
}
