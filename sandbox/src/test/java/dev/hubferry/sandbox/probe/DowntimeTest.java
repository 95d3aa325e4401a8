package dev.hubferry.sandbox.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DowntimeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path directory;

    /** One character a second: {@code o} reached, {@code x} not. */
    @ParameterizedTest
    @CsvSource({"oooo, 0", "ooxxoo, 3", "oxoxo, 4", "xxoo, 2", "ooxx, 2", "x, 0", "oxxxxxxxo, 8"})
    void lastsFromTheLastSuccessBeforeToTheFirstAfter(String samples, double seconds) {
        assertThat(Downtime.seconds(samples(samples))).isEqualTo(seconds);
    }

    @Test
    void isZeroWithoutSamples() {
        assertThat(Downtime.seconds(List.of())).isZero();
    }

    @Test
    void isReadFromAFileWhoseLastLineWasCutOff() throws Exception {
        // Given
        Path file = directory.resolve("prober.jsonl");
        Files.writeString(file, """
                {"at":"2026-03-01T10:00:00Z","address":"127.0.1.1","status":200,"hub":"old"}
                {"at":"2026-03-01T10:00:00.100Z","address":"127.0.1.1","status":503,"hub":""}
                {"at":"2026-03-01T10:00:02.600Z","address":"127.0.1.2","status":200,"hub":"new"}
                {"at":"2026-03-01T10:00:0""");

        // Then
        assertThat(Downtime.seconds(file)).isEqualTo(2.6);
        assertThat(Downtime.read(file).getLast().hub()).isEqualTo("new");
    }

    private static List<Sample> samples(String pattern) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            samples.add(new Sample(START.plusSeconds(i), "127.0.1.1", pattern.charAt(i) == 'o' ? 200 : 503, ""));
        }
        return samples;
    }
}
