package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LargePlanTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void plansAMillionEntriesInLittleMemory() throws IOException, InterruptedException {
        // Given
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargePlan.class.getName());
        // When
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Then
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "1000200 of 1000200 entries copied, 0 forced, 0 broken, in 32 batches",
                        "970 of 1000200 entries copied, 970 forced, 0 broken, in 1 batches");
    }
}
