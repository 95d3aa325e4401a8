package dev.hubferry.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Kills one replica of each service, with -9, while it works: of a participant the one that holds the lease of the command of the row that was
 * drawn, or of a later row when that one was over too soon to be hit; of the orchestrator, which is always at work, any.
 */
final class Killer {
    /** Rows whose commands take long enough to be hit, from top to bottom. */
    private static final Map<Service, List<String>> MOMENTS = Map.of(
            Service.ORCHESTRATOR, List.of("seed-homes", "sync-final", "start-target-hub"),
            Service.STORAGE, List.of("seed-homes", "sync-final", "verify-homes", "confirm-quiet"),
            Service.K8S,
                    List.of("evict-users", "stop-source-hub", "start-target-hub", "smoke-test-target", "verify-live"),
            Service.DATABASE, List.of("transfer-database"),
            Service.DNS, List.of("lower-ttl", "switch-record", "await-propagation", "restore-ttl"));

    private final SandboxWorld world;
    private final Inboxes inboxes;
    private final Random random;
    private final Map<Service, List<String>> moments = new EnumMap<>(Service.class);
    private final Map<Service, String> kills = new EnumMap<>(Service.class);

    Killer(SandboxWorld world, Random random) {
        this.world = world;
        this.inboxes = new Inboxes(world);
        this.random = random;
        for (Service service : Service.values()) {
            List<String> rows = MOMENTS.getOrDefault(service, List.of());
            // The last one is kept for when those before it are missed.
            moments.put(service, rows.subList(random.nextInt(Math.max(1, rows.size() - 1)), rows.size()));
        }
    }

    /** Which replica of each service was killed, and at what. */
    Map<Service, String> kills() {
        return kills;
    }

    /** @param steps the answer of {@code /steps} */
    void look(JsonNode steps) {
        for (JsonNode step : steps) {
            String row = step.path("name").asText();
            if (step.path("state").asText().equals("RUNNING")) {
                moments.forEach((service, rows) -> {
                    if (rows.contains(row) && !kills.containsKey(service)) {
                        victim(service, row).ifPresent(replica -> kill(replica, row));
                    }
                });
            }
        }
    }

    /** None while nobody has taken the command yet, or when it has ended meanwhile. */
    private Optional<ServiceProcess> victim(Service service, String row) {
        List<ServiceProcess> replicas = world.services(service);
        if (service == Service.ORCHESTRATOR) {
            return Optional.of(replicas.get(random.nextInt(replicas.size())));
        }
        return inboxes.ownerOf(service, row)
                .flatMap(pid -> replicas.stream()
                        .filter(replica -> replica.process().pid() == pid)
                        .findFirst());
    }

    private void kill(ServiceProcess replica, String row) {
        replica.process().kill();
        kills.put(replica.service(), "replica " + replica.replica() + " at " + row);
    }
}
