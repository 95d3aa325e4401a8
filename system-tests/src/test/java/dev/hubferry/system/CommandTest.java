package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as people use it. */
class CommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(20);

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
        Await.until("the demo to end", LIMIT, () -> !demo.isAlive());
        assertThat(demo.exitCode()).isNotZero();
        Await.until("all it started to end", LIMIT, () -> processesOf(world).isEmpty());
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
    void aDemoThatFailsOnItsWayLeavesTheWorldAsItWasAndSaysSo() throws Exception {
        // Given
        Path world = directory.resolve("world");

        // When
        ChildProcess demo = start(
                "demo",
                "--dir",
                world.toString(),
                "--users",
                "4",
                "--files",
                "200",
                "--size-mb",
                "2",
                "--fail-at",
                "switch-record");
        Await.until("the demo to end", LIMIT, () -> !demo.isAlive());

        // Then
        assertThat(demo.exitCode()).as(demo.logTail()).isEqualTo(3);
        JsonNode report =
                new ObjectMapper().readTree(world.resolve("report.json").toFile());
        assertThat(report.path("outcome").asText()).isEqualTo("ROLLED_BACK");
        assertThat(report.at("/comparedWithBefore/compared").size()).isGreaterThan(8);
        assertThat(report.at("/comparedWithBefore/differences").properties()).isEmpty();
        assertThat(report.at("/writes/lost").asInt(-1)).isZero();
        assertThat(report.path("wallSeconds").asDouble()).isPositive();
        assertThat(Files.readString(demo.log()))
                .contains("Namecheap has none below 60 s")
                .contains(", 0 differ");
        Await.until("all it started to end", LIMIT, () -> processesOf(world).isEmpty());
    }

    @Test
    void theHubMovesAlthoughEachServiceIsKilledOnTheWay() throws Exception {
        // Given
        Path world = directory.resolve("world");
        String seed =
                System.getProperty("hubferry.seed", Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE)));
        System.out.println(
                "services are killed by seed " + seed + "; -Dhubferry.seed=" + seed + " draws the same again");

        // When
        ChildProcess demo = start(
                "demo",
                "--dir",
                world.toString(),
                "--users",
                "8",
                "--files",
                "600",
                "--size-mb",
                "10",
                "--kill",
                "random:5",
                "--seed",
                seed);
        Await.until("the demo to end", LIMIT, () -> !demo.isAlive());

        // Then
        assertThat(demo.exitCode()).as("seed %s: %s", seed, demo.logTail()).isZero();
        JsonNode report =
                new ObjectMapper().readTree(world.resolve("report.json").toFile());
        assertThat(report.path("kills").findValuesAsText("service"))
                .as("seed %s", seed)
                .containsExactlyInAnyOrder("orchestrator-svc", "storage-svc", "k8s-svc", "db-transfer-svc", "dns-svc");
        assertThat(report.at("/writes/lost").asInt(-1)).as("seed %s", seed).isZero();
        assertThat(Trees.fingerprint(Path.of(report.at("/homes/targetPath").asText())))
                .as("seed %s", seed)
                .isEqualTo(
                        Trees.fingerprint(Path.of(report.at("/homes/sourcePath").asText())));
    }

    @Test
    void aStepThatCannotTurnTheMigrationRoundIsRefusedBeforeAnythingStarts() throws Exception {
        // Given
        Path world = directory.resolve("world");

        // When
        ChildProcess demo = start("demo", "--dir", world.toString(), "--fail-at", "soak");
        Await.until("the refusal", LIMIT, () -> !demo.isAlive());

        // Then
        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(Files.readString(demo.log())).contains("forward only").contains("switch-record");
        assertThat(world).doesNotExist();
    }

    @Test
    void whoIsNotRootIsToldSoBeforeAnythingIsBuilt() throws Exception {
        for (String command : List.of("demo", "up", "test", "bench homes")) {
            // When
            ChildProcess refused =
                    launch(Map.of("PATH", tools("id") + ":" + System.getenv("PATH")), command.split(" ", -1));
            Await.until("the refusal", LIMIT, () -> !refused.isAlive());

            // Then
            assertThat(refused.exitCode()).isEqualTo(77);
            assertThat(Files.readString(refused.log()))
                    .contains(command + " needs root")
                    .doesNotContain("building");
        }
    }

    @Test
    void whatIsMissingIsNamedWhereNothingCanBeInstalled() throws Exception {
        // Given a machine that has neither rsync nor apt-get
        String path = tools("", "bash", "dirname", "readlink", "id", "sed", "find", "cat", "sort", "tr")
                .toString();

        // When
        ChildProcess refused = launch(Map.of("PATH", path), "demo");
        Await.until("the refusal", LIMIT, () -> !refused.isAlive());

        // Then
        assertThat(refused.exitCode()).isEqualTo(69);
        assertThat(Files.readString(refused.log()))
                .contains("sudo apt-get install")
                .contains("rsync");
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
        return launch(Map.of(), arguments);
    }

    private ChildProcess launch(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A shell without job control starts what it puts into the background with SIGINT ignored.
                "/usr/bin/env",
                "--default-signal=INT",
                Project.root().resolve("hubferry").toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("hubferry-command", ".log");
        Map<String, String> all = new HashMap<>(environment);
        all.put("HUBFERRY_BUILT", "1");
        return ChildProcess.start(new ChildProcess.Spec("hubferry", command, all, Project.root(), log));
    }

    /** A folder for the PATH: this machine's tools of these names, and an {@code id} of somebody who is not root when asked for. */
    private Path tools(String faked, String... names) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String name : names) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("/usr/bin", name));
        }
        if (!faked.isEmpty() && !Files.exists(bin.resolve(faked))) {
            Files.writeString(bin.resolve(faked), "#!/bin/sh\necho 1000\n");
            Files.setPosixFilePermissions(bin.resolve(faked), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return bin;
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
