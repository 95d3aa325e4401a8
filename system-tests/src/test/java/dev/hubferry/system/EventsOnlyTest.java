package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.demo.MigrationClient;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub planned, requested, approved and watched by a program that knows the topics only, with a key that openssl has made. */
class EventsOnlyTest {
    private static final Pattern JARS =
            Pattern.compile(".*/(kafka-clients|slf4j-api|jackson-(core|databind|annotations))-[0-9.]+\\.jar");
    private static final Path PROGRAM = Project.root().resolve("orchestrator-svc/src/test/outside/MoveByEvents.java");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void movesAHubByEventsAlone() throws Exception {
        // Given
        Path key = directory.resolve("team.pem");
        Path known = directory.resolve("team.pub");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        run("openssl", "pkey", "-in", key.toString(), "-pubout", "-out", known.toString());
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(6, 300, 4)
                .withSeed(5);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(
                    Project.root(),
                    Map.of(
                            "hubferry.requests.requesters.team.public-key-file",
                            known.toString(),
                            "hubferry.requests.requesters.team.roles",
                            "operator,approver"));
            Path spec = Files.writeString(
                    directory.resolve("spec.json"), DemoSpec.of(world).toString());

            // When
            ChildProcess program = ChildProcess.start(new ChildProcess.Spec(
                    "move-by-events",
                    List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            jars(),
                            PROGRAM.toString(),
                            world.kafka().bootstrapServers(),
                            "team",
                            key.toString(),
                            spec.toString()),
                    Map.of(),
                    directory,
                    directory.resolve("program.log")));
            Await.until("the program to end", Duration.ofMinutes(15), () -> !program.isAlive());

            // Then
            String said = Files.readString(program.log());
            assertThat(program.exitCode()).as(said).isZero();
            assertThat(said)
                    .contains("plan: READY", "approval-awaited.v1 approve-cleanup", "hubferry.migration-completed.v1");
            String migration = said.lines()
                    .filter(line -> line.startsWith("migration: "))
                    .map(line -> line.substring("migration: ".length()))
                    .findFirst()
                    .orElseThrow();
            var shown = new MigrationClient(
                            world.services(Service.ORCHESTRATOR).getFirst().url(),
                            world.tokens().of("viewer"))
                    .migration(migration);
            assertThat(shown.path("state").asText()).isEqualTo("COMPLETED");
            assertThat(shown.path("requestedBy").asText()).isEqualTo("key:team");
        }
    }

    private void run(String... command) {
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec(
                command[0], List.of(command), Map.of(), directory, directory.resolve(command[1] + ".log")));
        assertThat(process.exitCode()).as(process.logTail()).isZero();
    }

    private static String jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> JARS.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
