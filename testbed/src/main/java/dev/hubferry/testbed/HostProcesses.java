package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Finds what runs on a testbed host by the HOME in the environment of each process. */
final class HostProcesses {
    private HostProcesses() {}

    /** Kills every process whose HOME is this directory, until none is left. */
    static void killAll(Path home) {
        Await.until("the processes of " + home + " to end", Duration.ofSeconds(10), () -> {
            List<ProcessHandle> running = running(home);
            running.forEach(ProcessHandle::destroyForcibly);
            return running.isEmpty();
        });
    }

    /** Processes whose HOME is this directory, this JVM excepted. */
    static List<ProcessHandle> running(Path home) {
        String wanted = "HOME=" + home;
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(pid -> hasEnvironment(pid, wanted))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list /proc", e);
        }
    }

    private static boolean hasEnvironment(String pid, String wanted) {
        try {
            String environment =
                    new String(Files.readAllBytes(Path.of("/proc", pid, "environ")), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0", -1)).anyMatch(wanted::equals);
        } catch (IOException e) {
            return false;
        }
    }
}
