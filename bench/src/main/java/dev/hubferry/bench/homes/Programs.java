package dev.hubferry.bench.homes;

import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.ChildProcess.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that are run to their end. */
final class Programs {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final int SHOWN = 2_000;

    private Programs() {}

    /**
     * How a program ended.
     *
     * @param exit 137 when it was killed because it took too long
     * @param output of both kinds
     * @param seconds from its start to its end
     */
    record Ended(String name, int exit, String output, double seconds) {
        /** @throws IllegalStateException with the end of its output unless it ended well */
        Ended orThrow() {
            if (exit != 0) {
                throw new IllegalStateException("%s ended with exit code %d: %s"
                        .formatted(
                                name,
                                exit,
                                output.substring(Math.max(0, output.length() - SHOWN))
                                        .strip()));
            }
            return this;
        }
    }

    /** Runs a program with this environment beside the bench's own. */
    static Ended run(String name, List<String> command, Map<String, String> environment) throws InterruptedException {
        Path log = temporary();
        try {
            long begun = System.nanoTime();
            ChildProcess process = ChildProcess.start(new Spec(name, command, environment, Path.of("/"), log));
            process.killUnlessEnded(LIMIT);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in " + name);
            }
            return new Ended(
                    name,
                    process.exitCode(),
                    new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1),
                    seconds);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what " + name + " said", e);
        } finally {
            delete(log);
        }
    }

    /** Runs a program in the bench's own environment. */
    static Ended run(String... command) throws InterruptedException {
        return run(command[0], List.of(command), Map.of());
    }

    /** Whether a program of this name is in the PATH, or where only root has it. */
    static boolean isInstalled(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("hubferry-bench-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a file for a log", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
