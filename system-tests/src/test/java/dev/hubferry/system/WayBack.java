package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.demo.FaultyWire;
import dev.hubferry.sandbox.demo.TurningPoints;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldImage;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One hub that is sent on its way again and again, and each time another row of the table fails, after it was done. Since the world is as it was
 * before each time, the same hub can move in the end.
 */
final class WayBack {
    private final SandboxWorld world;
    private final FaultyWire wire;
    private final Map<String, String> before;

    WayBack(SandboxWorld world, FaultyWire wire) throws Exception {
        this.world = world;
        this.wire = wire;
        this.before = WorldImage.of(world);
    }

    /** The rows as the table of a first migration lists them; that migration is rejected at its first gate. */
    List<String> rowsAbovePivot() throws Exception {
        Mover mover = new Mover(world).turningAt("approve-plan");
        String id = mover.request(spec(world), "to read the table");
        mover.watch(id);
        List<String> rows = new ArrayList<>();
        for (JsonNode step : mover.steps(id)) {
            if (step.path("name").asText().equals(TurningPoints.PIVOT)) {
                assertThat(rows).hasSizeGreaterThan(15);
                return rows;
            }
            rows.add(step.path("name").asText());
        }
        throw new AssertionError("the table has no " + TurningPoints.PIVOT + ": " + rows);
    }

    /** Fails at this row, and expects the world to be as it was before. */
    void from(String row) throws Exception {
        String id = failAt(row);
        assertThat(WorldImage.of(world))
                .as("after the failure of %s in %s", row, id)
                .isEqualTo(before);
        awaitHub(world, SandboxWorld.OLD);
    }

    private String failAt(String row) throws Exception {
        wire.failStep(row);
        Mover mover = new Mover(world).turningAt(row);
        String id = mover.request(DemoSpec.turningAt(spec(world), row), "fails at " + row);
        JsonNode ended = mover.watch(id);
        assertThat(ended.path("state").asText()).as("%s: %s", row, ended).isEqualTo("ROLLED_BACK");
        assertThat(ended.path("cause").asText()).as("%s: %s", row, ended).contains(causeOf(row, mover.steps(id)));
        return id;
    }

    /** A gate and a wait are turned round at by the test, a window that was missed by the saga, every other row by the wire. */
    private static String causeOf(String row, JsonNode steps) {
        for (JsonNode step : steps) {
            if (step.path("name").asText().equals(row)) {
                return step.path("state").asText().equals("WITHDRAWN") ? "a test turns round here" : row;
            }
        }
        throw new AssertionError("no row " + row);
    }

    static ObjectNode spec(SandboxWorld world) {
        ObjectNode spec = DemoSpec.of(world);
        // Homes that an attempt before copied stay on the target, and are gone on with.
        spec.withObject("/homes").put("existing", "ADOPT_OWN");
        return spec;
    }

    static void awaitHub(SandboxWorld world, String hub) {
        Await.until(
                "the name leads to the " + hub + " hub",
                Duration.ofSeconds(20),
                () -> world.prober().latest().reached()
                        && world.prober().latest().hub().equals(hub));
    }
}
