package dev.hubferry.failpoints.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointRulesTest {
    private static final Path SAMPLES = Path.of("target/test-classes/dev/hubferry/failpoints/scan/sample");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whatCarriesAFailpointOrIsCalledByNothingElseIsInOrder() throws Exception {
        // When
        FailpointRules rules =
                FailpointRules.of(SAMPLES.resolve("good"), exempt("Sends#reads asks and changes nothing"));

        // Then
        assertThat(rules.complaints()).isEmpty();
        assertThat(FailpointRules.points(SAMPLES.resolve("good")))
                .containsExactly("sample.direct", "sample.helped", "sample.lambda");
    }

    @Test
    void whatSendsWithoutAFailpointIsNamedInLambdasAndBehindHelpersToo() throws Exception {
        // When
        FailpointRules rules = FailpointRules.of(SAMPLES.resolve("bad"), exempt("Sends#gone there is none"));

        // Then
        assertThat(rules.complaints())
                .hasSize(5)
                .contains(
                        "Sends#direct writes or sends and is no failpoint",
                        "Sends#lambda writes or sends and is no failpoint",
                        "Sends#help writes or sends and is no failpoint",
                        "Sends#gone is exempt, but neither writes nor sends")
                .anyMatch(complaint -> complaint.endsWith("are one failpoint"));
    }

    @Test
    void anExemptionNeedsAReason() throws Exception {
        // Given
        Path exempt = exempt("Sends#reads");

        // Then
        assertThatThrownBy(() -> FailpointRules.of(SAMPLES.resolve("good"), exempt))
                .hasMessageContaining("no reason is given: Sends#reads");
    }

    private Path exempt(String lines) throws IOException {
        return Files.writeString(directory.resolve("exempt.txt"), "# comment\n\n" + lines + "\n");
    }
}
