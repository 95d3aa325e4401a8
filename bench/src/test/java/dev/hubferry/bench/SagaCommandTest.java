package dev.hubferry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bench, but for an instant. */
class SagaCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void completesEverySagaAndWritesWhatItMeasured() throws Exception {
        // Given
        Path json = directory.resolve("figures.json");

        // When
        int exit = Main.commandLine()
                .execute(
                        "saga",
                        "--in-flight",
                        "1,4",
                        "--seconds",
                        "2",
                        "--warm-up",
                        "0",
                        "--isolation",
                        "3",
                        "--json",
                        json.toString());

        // Then
        assertThat(exit).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("failures")).isEmpty();
        assertThat(figures.path("levels").findValuesAsText("inFlight")).containsExactly("1", "4");
        assertThat(figures.path("isolation").findValuesAsText("name")).containsExactly("all well", "trouble");
        for (JsonNode level : figures.path("levels")) {
            assertThat(level.path("steps").asInt()).isPositive();
            assertThat(level.at("/stepMillis/p99").asDouble()).isPositive();
            assertThat(level.at("/floor/perSecond").asDouble()).isPositive();
            assertThat(level.at("/database/commits").asInt()).isPositive();
        }
        for (JsonNode level : figures.path("isolation")) {
            assertThat(level.path("steps").asInt()).isPositive();
        }
    }

    @Test
    void refusesALevelWithoutMigrations() {
        assertThat(Main.commandLine().execute("saga", "--in-flight", "0")).isNotZero();
    }
}
