package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void oneReplicaOfEachServiceIsKilledAtWorkAndTheHubStillMoves() throws Exception {
        // Given
        long seed = Long.getLong("hubferry.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));
        System.out.println(
                "replicas are killed by seed " + seed + "; -Dhubferry.seed=" + seed + " draws the same again");
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(8, 600, 10)
                .withSeed(seed)
                .withReplicas(2);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());
            Killer killer = new Killer(world, new Random(seed));
            Mover mover = new Mover(world, killer::look);

            // When
            JsonNode ended = mover.watch(mover.request(DemoSpec.of(world), "two of each"));

            // Then
            assertThat(killer.kills().keySet())
                    .as("seed %d: %s", seed, killer.kills())
                    .containsExactlyInAnyOrder(Service.values());
            assertThat(ended.path("state").asText())
                    .as("seed %d: %s", seed, ended)
                    .isEqualTo("COMPLETED");
            assertThat(new Inboxes(world).takenOver())
                    .as("commands taken over, seed %d: %s", seed, killer.kills())
                    .isNotEmpty();
            assertThat(Trees.fingerprint(world.hubs().newHomes()))
                    .isEqualTo(Trees.fingerprint(world.hubs().oldHomes()));
            assertThat(WritesVerifier.verify(
                                    world.layout().writes(), world.hubs().newHomes())
                            .lost())
                    .isEmpty();
        }
    }
}
