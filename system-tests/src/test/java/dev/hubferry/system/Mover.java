package dev.hubferry.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.MigrationClient;
import dev.hubferry.sandbox.demo.MigrationClient.RefusedException;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks for a migration and answers its gates until it has ended; any replica of the orchestrator will do. */
public final class Mover {
    private static final Set<String> ENDS = Set.of("COMPLETED", "ROLLED_BACK", "PARKED");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final SandboxWorld world;
    private final Consumer<JsonNode> watcher;
    private Optional<String> turnAt = Optional.empty();

    public Mover(SandboxWorld world) {
        this(world, steps -> {});
    }

    /** @param watcher is shown the steps at every look */
    public Mover(SandboxWorld world, Consumer<JsonNode> watcher) {
        this.world = world;
        this.watcher = watcher;
    }

    /** Rejects the gate, or aborts at the timer, of this name. */
    public Mover turningAt(String gateOrTimer) {
        turnAt = Optional.of(gateOrTimer);
        return this;
    }

    public String request(JsonNode spec, String key) throws Exception {
        return clients().getFirst().request(spec, key);
    }

    /** Answers gates until the end; returns the migration as it stands then. */
    public JsonNode watch(String id) {
        return Await.value("the migration to end", LIMIT, () -> look(id));
    }

    public JsonNode steps(String id) throws Exception {
        return clients().getFirst().steps(id);
    }

    public JsonNode report(String id) throws Exception {
        return clients().getFirst().report(id);
    }

    /** One look: answers what waits for an answer; the migration once it has ended. */
    public Optional<JsonNode> look(String id) throws InterruptedException {
        for (MigrationClient client : clients()) {
            try {
                return look(client, id);
            } catch (RefusedException e) {
                // 409: it went on in the meantime, 503: the database was away for a moment; the next look shows more.
                if (e.status() != 409 && e.status() != 503) {
                    throw new AssertionError(e);
                }
                return Optional.empty();
            } catch (IOException e) {
                // This replica was killed; another one answers.
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> look(MigrationClient client, String id) throws IOException, InterruptedException {
        JsonNode migration = client.migration(id);
        JsonNode steps = client.steps(id);
        watcher.accept(steps);
        String state = migration.path("state").asText();
        if (state.equals("RUNNING")) {
            answer(client, id, migration.path("waitingFor").path("gate").asText());
            abortAtTimer(client, id, steps);
        }
        return ENDS.contains(state) ? Optional.of(migration) : Optional.empty();
    }

    private void answer(MigrationClient client, String id, String gate) throws IOException, InterruptedException {
        if (!gate.isEmpty()) {
            client.answer(id, gate, turnAt.filter(gate::equals).isEmpty(), "by a test");
        }
    }

    private void abortAtTimer(MigrationClient client, String id, JsonNode steps)
            throws IOException, InterruptedException {
        for (JsonNode step : steps) {
            if (step.path("kind").asText().equals("TIMER")
                    && step.path("state").asText().equals("WAITING")
                    && turnAt.filter(step.path("name").asText()::equals).isPresent()) {
                client.abort(id, "a test turns round here");
            }
        }
    }

    private List<MigrationClient> clients() {
        return world.services(Service.ORCHESTRATOR).stream()
                .filter(replica -> replica.process().isAlive())
                .map(ServiceProcess::url)
                .map(url -> new MigrationClient(url, world.tokens().all()))
                .toList();
    }
}
