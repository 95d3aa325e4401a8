package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as people use it. */
class CommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void ctrlCEndsTheDemoAndEverythingItStarted() throws Exception {
        // Given
        Path world = directory.resolve("world");
        ChildProcess demo =
                start("demo", "--dir", world.toString(), "--users", "4", "--files", "200", "--size-mb", "2");
        Await.until("the seed to begin", LIMIT, () -> {
            if (!demo.isAlive()) {
                throw new AssertionError("the demo has ended: " + demo.logTail());
            }
            return Files.readString(demo.log()).contains("seed-homes");
        });

        // When
        demo.signal("INT");

        // Then
        Await.until("the demo to end", Duration.ofSeconds(30), () -> !demo.isAlive());
        assertThat(demo.exitCode()).isNotZero();
        Await.until(
                "all it started to end",
                Duration.ofSeconds(15),
                () -> processesOf(world).isEmpty());
    }

    @Test
    void aFolderThatIsNotEmptyIsRefusedAndLeftAlone() throws Exception {
        // Given
        Path mine = Files.writeString(directory.resolve("mine"), "precious");

        // When
        ChildProcess demo = start("demo", "--dir", directory.toString());
        Await.until("the refusal", LIMIT, () -> !demo.isAlive());

        // Then
        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(Files.readString(demo.log())).contains("--dir").contains("is not empty");
        assertThat(mine).hasContent("precious");
    }

    @Test
    void anUnknownCommandIsNamed() throws Exception {
        // When
        ChildProcess command = start("demmo");
        Await.until("the refusal", LIMIT, () -> !command.isAlive());

        // Then
        assertThat(command.exitCode()).isEqualTo(64);
        assertThat(Files.readString(command.log())).contains("unknown command 'demmo'");
    }

    private ChildProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A shell without job control starts what it puts into the background with SIGINT ignored.
                "env",
                "--default-signal=INT",
                Project.root().resolve("hubferry").toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("hubferry-command", ".log");
        return ChildProcess.start(
                new ChildProcess.Spec("hubferry", command, Map.of("HUBFERRY_BUILT", "1"), Project.root(), log));
    }

    /** Processes whose arguments or environment name the folder. */
    private static List<String> processesOf(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String words = read(process.resolve("cmdline")) + read(process.resolve("environ"));
                if (words.contains(folder.toString())) {
                    found.add(process.getFileName() + " " + read(process.resolve("cmdline")));
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process ended in between.
            return "";
        }
    }
}
