package dev.hubferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.world.Service;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service halts at each of its failpoints, and the migration ends as if it had not.
 *
 * <p>Without {@code -Dhubferry.crash-matrix} a slice runs that the seed draws; with {@code all} every cell; with anything else those
 * whose text the pattern is found in.
 */
class CrashMatrixTest {
    private static final String WHICH = "hubferry.crash-matrix";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aHaltAtAnyFailpointChangesNothingInTheEnd() throws Exception {
        // Given
        long seed = Long.getLong("hubferry.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));
        System.out.println("services halt by seed " + seed + "; -Dhubferry.seed=" + seed + " draws the same again");
        Random random = new Random(seed);
        List<Cell> cells = cells(random);
        CrashTable table = new CrashTable(System.out);

        // When
        try (Matrix matrix = new Matrix(directory, random, table)) {
            for (Scenario scenario : Scenario.values()) {
                List<Cell> ofScenario = cells.stream()
                        .filter(cell -> cell.scenario() == scenario)
                        .toList();
                if (!ofScenario.isEmpty()) {
                    matrix.run(scenario, ofScenario);
                }
            }
        }

        // Then
        assertThat(table.failures()).as("seed %d", seed).isEmpty();
        assertThat(table.run()).as("cells that were run").containsAll(cells);
    }

    private static List<Cell> cells(Random random) throws Exception {
        List<Cell> all = CrashList.read().cells();
        String which = System.getProperty(WHICH, "");
        return switch (which) {
            case "" -> slice(all, random);
            case "all" -> all;
            default -> {
                List<Cell> some = all.stream()
                        .filter(cell -> Arrays.stream(which.split(",")).anyMatch(cell.toString()::contains))
                        .toList();
                assertThat(some).as("cells that contain one of %s", which).isNotEmpty();
                yield some;
            }
        };
    }

    /** One of each service, of one scenario, so that one run in which nothing halts and one in which all do are enough. */
    private static List<Cell> slice(List<Cell> all, Random random) {
        Scenario scenario = random.nextInt(4) == 0 ? Scenario.WAY_BACK : Scenario.FORWARD;
        List<Cell> shuffled = new ArrayList<>(
                all.stream().filter(cell -> cell.scenario() == scenario).toList());
        Collections.shuffle(shuffled, random);
        Map<Service, Cell> slice = new EnumMap<>(Service.class);
        shuffled.forEach(cell -> slice.putIfAbsent(cell.service(), cell));
        return List.copyOf(slice.values());
    }
}
