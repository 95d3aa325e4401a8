package dev.hubferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.failpoints.Moment;
import dev.hubferry.failpoints.scan.FailpointRules;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.system.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of failpoints is what the code has, and the matrix has a cell for each. */
class FailpointListTest {
    @ParameterizedTest
    @EnumSource
    void theListHasWhatTheServiceHas(Service service) throws IOException {
        // When
        SortedSet<String> inCode = new TreeSet<>(pointsOf("messaging"));
        inCode.addAll(pointsOf(service.module()));

        // Then
        assertThat(CrashList.read().points().get(service))
                .as("lines of %s in src/test/resources/failpoints.txt", service.module())
                .isEqualTo(inCode);
    }

    @ParameterizedTest
    @EnumSource
    void theMatrixHasEveryPointBeforeAndAfter(Service service) throws IOException {
        // Given
        CrashList list = CrashList.read();
        SortedSet<String> inCode = new TreeSet<>(pointsOf("messaging"));
        inCode.addAll(pointsOf(service.module()));

        for (CrashList.Line line : list.lines()) {
            if (line.service() == service && line.scenario() == Scenario.NEVER) {
                // What is never reached says why.
                assertThat(line.remark()).as("%s", line).isNotBlank();
                inCode.remove(line.point());
            }
        }

        // When
        List<String> cells = new ArrayList<>();
        list.cells().stream()
                .filter(cell -> cell.service() == service)
                .forEach(cell -> cells.add(cell.point() + " " + cell.moment()));

        // Then
        List<String> expected = new ArrayList<>();
        for (String point : inCode) {
            for (Moment moment : Moment.values()) {
                expected.add(point + " " + moment);
            }
        }
        assertThat(cells).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static SortedSet<String> pointsOf(String module) throws IOException {
        return FailpointRules.points(Project.root().resolve(module).resolve("target/classes"));
    }
}
