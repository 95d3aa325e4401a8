package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {
    /** Where a replica of each service can be hit at work, besides the orchestrator, which is always at work. */
    private static final Map<Service, List<String>> MOMENTS = Map.of(
            Service.ORCHESTRATOR, List.of("seed-homes", "sync-final", "start-target-hub"),
            Service.STORAGE, List.of("seed-homes", "sync-final", "verify-homes"),
            Service.K8S, List.of("evict-users", "smoke-test-target", "start-target-hub"),
            Service.DATABASE, List.of("check-database", "transfer-database"),
            Service.DNS, List.of("lower-ttl", "await-propagation"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void oneReplicaOfEachServiceIsKilledAndTheHubStillMoves() throws Exception {
        // Given
        long seed = Long.getLong("hubferry.seed", 4);
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
            assertThat(killer.killed()).as("seed %d", seed).containsExactlyInAnyOrder(Service.values());
            assertThat(ended.path("state").asText())
                    .as("seed %d: %s", seed, ended)
                    .isEqualTo("COMPLETED");
            assertThat(Trees.fingerprint(world.hubs().newHomes()))
                    .isEqualTo(Trees.fingerprint(world.hubs().oldHomes()));
            assertThat(WritesVerifier.verify(
                                    world.layout().writes(), world.hubs().newHomes())
                            .allFound())
                    .isTrue();
        }
    }

    /** Kills one replica of each service, with -9, as soon as the row that was drawn for it is under way. */
    private static final class Killer {
        private final SandboxWorld world;
        private final Map<Service, String> moments = new EnumMap<>(Service.class);
        private final Map<Service, Integer> victims = new EnumMap<>(Service.class);
        private final List<Service> killed = new ArrayList<>();

        Killer(SandboxWorld world, Random random) {
            this.world = world;
            for (Service service : Service.values()) {
                List<String> rows = MOMENTS.getOrDefault(service, List.of());
                moments.put(service, rows.get(random.nextInt(rows.size())));
                victims.put(service, random.nextInt(2));
            }
        }

        List<Service> killed() {
            return killed;
        }

        void look(JsonNode steps) {
            for (JsonNode step : steps) {
                moments.entrySet()
                        .removeIf(moment -> step.path("name").asText().equals(moment.getValue())
                                && !step.path("state").asText().equals("NOT_STARTED")
                                && kill(moment.getKey()));
            }
        }

        private boolean kill(Service service) {
            world.services(service)
                    .get(victims.getOrDefault(service, 0))
                    .process()
                    .kill();
            killed.add(service);
            return true;
        }
    }
}
