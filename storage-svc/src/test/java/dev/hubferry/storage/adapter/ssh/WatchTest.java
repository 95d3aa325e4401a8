package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a script whose connection is lost at any moment. */
class WatchTest {
    private static final int TIMES = 150;
    private static final byte[] NAMES = "ada\0".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void leavesNothingBehindWhenBothItsStreamsAreClosedAtOnce() throws Exception {
        // Given
        Path homes = Files.createDirectories(directory.resolve("homes"));
        for (int i = 0; i < 200; i++) {
            Files.createFile(Files.createDirectories(homes.resolve("ada/" + i)).resolve("file"));
        }
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        Random random = new Random(7);
        for (int i = 0; i < TIMES; i++) {
            // When: as sshd does it
            Process scan = scan(homes, scratch);
            scan.getOutputStream().write(NAMES);
            scan.getOutputStream().flush();
            LockSupport.parkNanos(random.nextInt(20_000_000));
            scan.getInputStream().close();
            scan.getOutputStream().close();
            scan.waitFor();
        }
        // Then
        Await.until("no scratch to be left", Duration.ofSeconds(30), () -> {
            try (Stream<Path> left = Files.list(scratch)) {
                return left.findAny().isEmpty();
            }
        });
        assertThat(homes.resolve("ada/199/file")).exists();
    }

    /** In a process group of its own, which it ends. */
    private static Process scan(Path homes, Path scratch) throws IOException {
        return new ProcessBuilder(
                        "setsid",
                        "-w",
                        "sh",
                        "-c",
                        HostScripts.text("scan"),
                        "hubferry-scan",
                        homes.toString(),
                        scratch.toString(),
                        "4",
                        String.valueOf(NAMES.length),
                        "still")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
