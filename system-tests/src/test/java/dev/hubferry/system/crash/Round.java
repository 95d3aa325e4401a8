package dev.hubferry.system.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.demo.TurningPoints;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldImage;
import dev.hubferry.system.Mover;
import dev.hubferry.system.crash.Arming.Armed;
import dev.hubferry.system.crash.Arming.Halted;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One migration, in which services halt at cell after cell. */
final class Round {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /**
     * How a migration went.
     *
     * @param halted where services halted
     * @param left cells that were not reached, or whose turn did not come
     * @param wrong everything that is not as it should be, in words
     */
    record Outcome(
            String id,
            List<Halted> halted,
            List<Cell> left,
            List<Keeper.Restart> restarts,
            String end,
            Effects effects,
            double seconds,
            List<String> wrong) {

        /** Of a migration that nobody could see the end of. */
        static Outcome broken(List<Armed> cells, Exception why) {
            return new Outcome(
                    "?",
                    cells.stream().map(cell -> new Halted(cell, "?")).toList(),
                    List.of(),
                    List.of(),
                    "?",
                    new Effects(Map.of()),
                    0,
                    List.of("it did not come to its end: " + why));
        }
    }

    private final CrashWorld world;
    private final Scenario scenario;
    private final List<Armed> cells;
    private final List<String> wrong = new ArrayList<>();
    private final Disturbance disturbance;

    Round(CrashWorld world, Scenario scenario, List<Armed> cells) {
        this.world = world;
        this.scenario = scenario;
        this.cells = List.copyOf(cells);
        this.disturbance = new Disturbance(world, scenario, cells);
    }

    /** @param undisturbed what a migration of the same scenario does when nothing halts; empty when this is that migration */
    Outcome run(String key, Optional<Effects> undisturbed) throws Exception {
        long begin = System.nanoTime();
        world.start().restoreUsers();
        Map<String, String> before = WorldImage.of(world.sandbox());
        Effects effectsBefore = Effects.of(world.sandbox());
        world.countHitsFromHere();
        if (scenario == Scenario.WAY_BACK) {
            world.wire().failStep(TurningPoints.ALL.getLast());
        } else {
            world.wire().tellTheTruth();
        }
        Arming arming = new Arming(world, cells);
        disturbance.begin();
        Mover mover = new Mover(world.sandbox(), steps -> {
            disturbance.look(steps);
            arming.look(Steps.atWork(steps));
        });
        String id = Await.value("the request to be taken", LIMIT, () -> Optional.of(mover.request(spec(), key)));
        JsonNode ended = Await.value("the migration " + id + " to end", LIMIT, () -> move(mover, arming, id));
        Await.until("all services to run", LIMIT, world.keeper()::isQuiet);
        arming.end();
        disturbance.end();
        double seconds = (System.nanoTime() - begin) / 1e9;
        String end = ended.path("state").asText();
        require(end.equals(scenario.end()), "it ended as " + end + ": " + ended);
        wrong.addAll(new Judge(world, scenario).judge(before));
        Effects effects = Effects.of(world.sandbox()).since(effectsBefore);
        undisturbed.ifPresent(usual ->
                require(effects.equals(usual), "effects are " + effects.counts() + "\n  instead of " + usual.counts()));
        return new Outcome(
                id,
                arming.halted(),
                arming.left(),
                world.keeper().restarts(),
                end,
                effects,
                seconds,
                List.copyOf(wrong));
    }

    private Optional<JsonNode> move(Mover mover, Arming arming, String id) throws Exception {
        arming.goOn();
        return world.keeper().isUp(Service.ORCHESTRATOR) ? mover.look(id) : Optional.empty();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private ObjectNode spec() {
        ObjectNode spec = DemoSpec.of(world.sandbox());
        // Homes that an attempt before copied stay on the target, and are gone on with.
        spec.withObject("/homes").put("existing", "ADOPT_OWN");
        return spec;
    }

    /** The hub at which users arrive after this scenario. */
    static String hubAfter(Scenario scenario) {
        return scenario == Scenario.WAY_BACK ? SandboxWorld.OLD : SandboxWorld.NEW;
    }
}
