package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub moved by {@code ./hubferry migrations} and its exit codes only, as docs/getting-started.md shows it. */
class CliTest {
    private static final int USERS = 6;

    /** Before the hub is moved as the docs say it, while it is, and after: what is refused, and by which code a script knows. */
    private static final String MOVE = """
            set -u
            m() { ./hubferry migrations "$@"; }
            m apply -f "$DIR/wrong.json" && exit 10; [ $? -eq 1 ] || exit 11
            HUBFERRY_TOKEN_FILE=$DIR/viewer m apply -f "$SPEC" && exit 12; [ $? -eq 4 ] || exit 13
            set -e
            { %s
            } >"$DIR/planned"
            set +e
            m receipt "$id" --to "$DIR/receipt.json" && exit 15; [ $? -eq 1 ] || exit 16
            set -e
            { %s
            } >"$DIR/watched"
            set +e
            m list --output json >"$DIR/list" || exit 21
            m abort "$id" --reason 'too late' && exit 22; [ $? -eq 1 ] || exit 23
            m plan -f "$SPEC" >"$DIR/again" && exit 25; [ $? -eq 7 ] || exit 26
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aScriptMovesAHubByExitCodes() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(USERS, 300, 4)
                .withSeed(5);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());
            Files.writeString(directory.resolve("spec.json"), DemoSpec.of(world).toString());
            Files.writeString(directory.resolve("wrong.json"), "{\"name\": \"nothing else\"}");
            Path all = secret("all", world.tokens().all());
            secret("viewer", world.tokens().of("viewer"));
            String server =
                    world.services(Service.ORCHESTRATOR).getFirst().url().toString();

            // When
            ChildProcess script = ChildProcess.start(new ChildProcess.Spec(
                    "script",
                    List.of("bash", "-c", script()),
                    Map.of(
                            "HUBFERRY_BUILT",
                            "1",
                            "HUBFERRY_SERVER",
                            server,
                            "HUBFERRY_TOKEN_FILE",
                            all.toString(),
                            "SPEC",
                            directory.resolve("spec.json").toString(),
                            "DIR",
                            directory.toString()),
                    Project.root(),
                    directory.resolve("script.log")));
            Await.until("the script to end", Duration.ofMinutes(15), () -> !script.isAlive());

            // Then
            String said = Files.readString(script.log());
            assertThat(script.exitCode()).as(said).isZero();
            assertThat(said)
                    .contains("#/source: ", "forecast: ")
                    .doesNotContain(world.tokens().all());
            assertThat(directory.resolve("watched"))
                    .content()
                    .contains("seed-homes begins", "gate approve-downtime waits")
                    .contains("gate approve-cleanup approved", "COMPLETED")
                    .doesNotContain("\u001b", "\r", world.tokens().all());
            assertThat(directory.resolve("planned")).content().contains("READY", "switch-record");
            assertThat(directory.resolve("again")).content().contains("HOMES_EXIST_ON_TARGET");
            JsonNode receipt = new ObjectMapper()
                    .readTree(directory.resolve("receipt.json").toFile());
            assertThat(receipt.path("users").asInt()).isGreaterThanOrEqualTo(USERS);
            assertThat(directory.resolve("watched"))
                    .content()
                    .contains("COMPLETED", receipt.path("rootHash").asText());
            assertThat(Files.readAllLines(directory.resolve("list")))
                    .singleElement()
                    .satisfies(line -> assertThat(new ObjectMapper()
                                    .readTree(line)
                                    .path("state")
                                    .asText())
                            .isEqualTo("COMPLETED"));
        }
    }

    private static String script() throws IOException {
        List<String> moves = ShellBlocks.of(Project.root().resolve("docs/getting-started.md")).stream()
                .filter(ShellBlocks::needsWorld)
                .toList();
        assertThat(moves).hasSize(2);
        return MOVE.formatted(moves.toArray());
    }

    private Path secret(String name, String token) throws IOException {
        Path file = Files.writeString(directory.resolve(name), token);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
