package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code StateFromEvents.java}, in a process of its own that has none of Hubferry's classes, beside what REST shows. */
final class OutsideReader implements AutoCloseable {
    private static final Path PROGRAM = Path.of("src/test/outside/StateFromEvents.java");
    private static final Pattern JARS =
            Pattern.compile(".*/(kafka-clients|slf4j-api|jackson-(core|databind|annotations))-[0-9.]+\\.jar");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Path errors;

    private OutsideReader(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
    }

    /** From the beginning of the topic on. */
    static OutsideReader start(String bootstrapServers) throws IOException {
        Path errors = Files.createTempFile("outside", ".log");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        jars(),
                        PROGRAM.toAbsolutePath().toString(),
                        bootstrapServers,
                        "--again")
                .redirectError(errors.toFile())
                .start();
        OutsideReader reader = new OutsideReader(process, errors);
        var unused = reader.line();
        return reader;
    }

    /** Returns when REST and events say the same of each migration; fails when they do not come to it. */
    void assertShowsWhatRestShows(String moment, Collection<String> migrations) throws IOException {
        long deadline = System.nanoTime() + SOON.toNanos();
        List<String> left = new ArrayList<>(migrations);
        while (true) {
            JsonNode outside = look();
            left.removeIf(migration -> rest(migration).equals(normalized(outside.path(migration))));
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                String migration = left.getFirst();
                assertThat(normalized(look().path(migration)).toPrettyString())
                        .as("%s: %s, and %d more", moment, migration, left.size() - 1)
                        .isEqualTo(rest(migration).toPrettyString());
            }
        }
    }

    private JsonNode look() throws IOException {
        input.write("\n");
        input.flush();
        return line();
    }

    private JsonNode line() throws IOException {
        String line = output.readLine();
        assertThat(line).as(Files.readString(errors)).isNotNull();
        return JSON.readTree(line);
    }

    /** Both answers, without what no event can tell: see docs/operations/events.md. */
    private static JsonNode rest(String migration) {
        try {
            ObjectNode shown = (ObjectNode) read(migration, "");
            shown.set("steps", read(migration, "/steps"));
            return normalized(shown);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode read(String migration, String part) throws IOException {
        return JSON.readTree(Client.as(OrchestratorResource.VIEWER)
                .get(Client.MIGRATIONS + "/" + migration + part)
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static JsonNode normalized(JsonNode shown) {
        ObjectNode kept = (ObjectNode) withoutNulls(shown.isObject() ? shown.deepCopy() : JSON.createObjectNode());
        kept.remove("links");
        kept.path("queued").path("needs").forEach(OutsideReader::keepResource);
        boolean begun = kept.at("/spec/cutover/start").isMissingNode();
        if (begun && kept.at("/waitingFor/forecast").isObject()) {
            // REST shows it as of now, an event as of then.
            ((ObjectNode) kept.at("/waitingFor/forecast")).retain("basis");
        }
        for (JsonNode step : kept.path("steps")) {
            ((ObjectNode) step).remove(List.of("progress", "unansweredProbes"));
            if (step.path("undo") instanceof ObjectNode undo) {
                undo.remove(List.of("progress", "unansweredProbes"));
            }
            step.path("queued").path("needs").forEach(OutsideReader::keepResource);
        }
        return kept;
    }

    /** What others have and wait for is not among one migration's events. */
    private static void keepResource(JsonNode need) {
        ((ObjectNode) need).retain("resource");
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(OutsideReader::withoutNulls);
        return node;
    }

    /** The Kafka client and Jackson, and nothing of Hubferry's. */
    static String jars() {
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> JARS.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(jars).contains("kafka-clients", "jackson-databind");
        return jars;
    }

    @Override
    public void close() throws IOException {
        input.close();
        process.destroy();
    }
}
