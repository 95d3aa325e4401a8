package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void outlivesTheThreadThatAskedForIt() throws Exception {
        // Given
        var holder = new java.util.concurrent.atomic.AtomicReference<ChildProcess>();
        Thread asking = Thread.ofPlatform().start(() -> holder.set(start("sleep", "1000")));
        asking.join();

        // Then
        assertThat(holder.get().isAlive()).isTrue();
        holder.get().close();
        assertThat(holder.get().isAlive()).isFalse();
    }

    @Test
    void showsItsLogWhenItEndsEarly() {
        // Given
        ChildProcess child = start("sh", "-c", "echo no such luck; exit 3");

        // Then
        assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(5), () -> false))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no such luck");
    }

    @Test
    void diesWithAJvmThatIsKilled() throws Exception {
        // Given
        Path pids = directory.resolve("pids");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphaner.class.getName(),
                        pids.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("jvm.log").toFile())
                .start();
        Await.until("the JVM to start its parts", Duration.ofSeconds(60), () -> Files.exists(pids));
        List<Long> running =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();

        boolean allRun = running.stream().allMatch(pid -> ProcessHandle.of(pid).isPresent());

        // When
        jvm.destroyForcibly().waitFor();

        // Then
        assertThat(allRun).isTrue();
        Await.until(
                "the children to end",
                Duration.ofSeconds(20),
                () -> running.stream().allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
    }

    /** A JVM that starts a process and a Postgres and waits to be killed. */
    static final class Orphaner {
        public static void main(String[] arguments) throws Exception {
            Path target = Path.of(arguments[0]);
            ChildProcess sleeper = ChildProcess.start(new ChildProcess.Spec(
                    "sleeper", List.of("sleep", "1000"), Map.of(), Path.of("/"), Path.of("/dev/null")));
            PostgresServer postgres =
                    PostgresServer.start(PostgresServer.Options.in(target.resolveSibling("postgres")));
            Path draft = target.resolveSibling("draft");
            Files.writeString(draft, sleeper.pid() + "\n" + postgres.pid() + "\n");
            Files.move(draft, target);
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    private ChildProcess start(String... command) {
        return ChildProcess.start(
                new ChildProcess.Spec("child", List.of(command), Map.of(), directory, directory.resolve("log")));
    }
}
