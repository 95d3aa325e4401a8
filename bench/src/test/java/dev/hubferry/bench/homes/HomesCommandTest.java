package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole bench, with a handful of files. */
class HomesCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("hubferry.root", "."));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final StringWriter said = new StringWriter();

    @Test
    void letsEveryMethodDoEveryCaseAndComparesWhatTheyMade() throws Exception {
        assumeTrue(
                SharedTools.find(ROOT).isPresent(),
                "skipped: no tools/gen-homes.py; set HUBFERRY_SHARED to the directory that has it, or put it in ../shared");
        // Given
        Path json = directory.resolve("figures.json");

        // When
        int exit = run(
                "--tree",
                "4:1200:4",
                "--only",
                "ours,rsync,tar",
                "--rounds",
                "1",
                "--folder",
                directory.toString(),
                "--json",
                json.toString());

        // Then
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(exit).as(figures.toPrettyString()).isZero();
        assertThat(figures.path("failures")).isEmpty();
        List<String> done = new ArrayList<>();
        for (JsonNode figure : figures.path("figures")) {
            String method = figure.path("method").asText();
            done.add(method + " " + figure.path("case").asText());
            assertThat(figure.at("/seconds/median").asDouble()).isPositive();
            if (method.equals("ours") || figure.path("case").asText().equals("full_copy")) {
                assertThat(figure.path("equal").asBoolean())
                        .as(figure.toString())
                        .isTrue();
            }
        }
        assertThat(done)
                .containsExactly(
                        "ours full_copy",
                        "rsync full_copy",
                        "tar full_copy",
                        "ours nothing_changed",
                        "rsync nothing_changed",
                        "ours one_percent",
                        "rsync one_percent",
                        "ours tenth_percent",
                        "rsync tenth_percent");
        assertThat(figures.path("goals")).hasSize(1);
        assertThat(left()).containsExactly(json);
    }

    @Test
    void saysWhatATreeMayBe() {
        assertThat(run("--tree", "XXL")).isEqualTo(2);
        assertThat(said.toString()).contains("a tree is S, M, L or USERS:FILES:MEGABYTES, but was 'XXL'");
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertThat(run("--only", "scp")).isEqualTo(2);
        assertThat(said.toString()).contains("'scp'").contains("FPSYNC4");
    }

    @Test
    void saysThatAFolderIsMissing() {
        // Given
        Path missing = directory.resolve("missing");
        // When, Then
        assertThat(run("--folder", missing.toString())).isEqualTo(2);
        assertThat(said.toString()).contains("there is none at " + missing);
    }

    @Test
    void refusesToDoNothing() {
        assertThat(run("--rounds", "0")).isEqualTo(2);
        assertThat(said.toString()).contains("at least 1 round");
    }

    @Test
    void saysWhichToolsItNeeds() {
        // Given
        String before = System.setProperty("hubferry.shared", directory.toString());
        try {
            // Then
            assertThat(run("--tree", "4:60:1")).isEqualTo(69);
            assertThat(said.toString()).contains("gen-homes.py").contains("HUBFERRY_SHARED");
        } finally {
            if (before == null) {
                System.clearProperty("hubferry.shared");
            } else {
                System.setProperty("hubferry.shared", before);
            }
        }
    }

    @Test
    void theReadmeHasTheCommandLineOfEachPeer() throws Exception {
        // Given
        String readme = Files.readString(ROOT.resolve("bench/README.md"));

        // Then
        assertThat(Stream.of(Method.values()).flatMap(method -> Peer.of(method).stream()))
                .allSatisfy(peer -> assertThat(peer.lines())
                        .allSatisfy(
                                line -> assertThat(readme).contains(line.strip().replace("-n 8", "-n 4"))));
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        return new CommandLine(new HomesCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
