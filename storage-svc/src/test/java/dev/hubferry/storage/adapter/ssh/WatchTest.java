package dev.hubferry.storage.adapter.ssh;

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
    private static final int TIMES = 400;
    private static final byte[] NAMES = "ada\0".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void leavesNothingBehindWhenBothItsStreamsAreClosedAtOnce() throws Exception {
        // Given
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        Random random = new Random(7);
        for (int i = 0; i < TIMES; i++) {
            // When: as sshd does it
            Process script = talkative(scratch);
            script.getOutputStream().write(NAMES);
            script.getOutputStream().flush();
            LockSupport.parkNanos(random.nextInt(20_000_000));
            script.getInputStream().close();
            script.getOutputStream().close();
            script.waitFor();
        }
        // Then
        Await.until("no scratch to be left", Duration.ofSeconds(30), () -> {
            try (Stream<Path> left = Files.list(scratch)) {
                return left.findAny().isEmpty();
            }
        });
    }

    /** Prints without end, in a process group of its own, which it ends. */
    private static Process talkative(Path scratch) throws IOException {
        String script = HostScripts.text("watch") + """
                set -u
                watch "$1" talk "$2"
                while :; do printf '%s\\n' "$(date +%s.%N)"; done
                """;
        return new ProcessBuilder(
                        "setsid", "-w", "sh", "-c", script, "hubferry-talk", scratch.toString(), "" + NAMES.length)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
