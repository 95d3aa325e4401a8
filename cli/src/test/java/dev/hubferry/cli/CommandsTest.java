package dev.hubferry.cli;

import static dev.hubferry.cli.FakeServer.json;
import static dev.hubferry.cli.FakeServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.cli.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command asks and prints. */
class CommandsTest {
    private static final String AT = "migrations/" + Samples.ID;

    /** Clears the screen, goes to the beginning of the line, and turns the direction of reading. */
    private static final String HOSTILE = "\\u001b[2J\\u001b]0;owned\\u0007\\r\\nPARKED \\u202e\\u009b31m";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private FakeServer server;

    @SuppressWarnings("NullAway.Init")
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.start();
        cli = new Cli(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void applySendsTheBytesOfTheFileAndPrintsTheIdAlone() throws IOException {
        // Given
        server.on("POST migrations", 201, Samples.migration("RUNNING", ""));
        String yaml = "# a comment that a parser would lose\nname: ästro\n";
        Path file = Files.writeString(directory.resolve("spec.yml"), yaml);
        Path json = Files.writeString(directory.resolve("spec"), "  {\"name\": \"astro\"}");

        // When
        Ran ofFile = cli.run("apply", "-f", file.toString());
        cli.run("apply", "-f", json.toString());
        cli.reading("name: astro\n").run("apply", "-f", "-");

        // Then
        assertThat(ofFile.out()).isEqualTo(Samples.ID + "\n");
        assertThat(ofFile.exit()).isZero();
        List<FakeServer.Asked> asked = server.asked("POST migrations");
        assertThat(asked.stream().map(FakeServer.Asked::body))
                .containsExactly(yaml, "  {\"name\": \"astro\"}", "name: astro\n");
        assertThat(asked.stream().map(one -> one.type().orElse("")))
                .containsExactly("application/yaml", "application/json", "application/yaml");
    }

    @Test
    void listShowsATableAndFollowsPagesOnTheSameServerOnly() {
        // Given
        server.on(
                "GET migrations",
                json(
                        200,
                        "{\"migrations\":[%s],\"next\":\"http://elsewhere.example/api/v1/migrations?after=m-1&state=RUNNING\"}"
                                .formatted(Samples.migration("m-1", "RUNNING", Samples.WAITING))),
                json(
                        200,
                        "{\"migrations\":[%s]}"
                                .formatted(Samples.migration("m-2", "PARKED", ",\"parkedAt\":\"seed-homes\""))));

        // When
        Ran ran = cli.run(
                "list",
                "--state",
                "RUNNING,PARKED",
                "--name",
                "as&tro",
                "--source-cluster",
                "old",
                "--sort=-name",
                "--all");

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.lines()).hasSize(3);
        assertThat(ran.lines().getFirst()).startsWith("ID").contains("STATE");
        assertThat(ran.out()).contains("gate approve-plan").contains("parked at seed-homes");
        assertThat(server.calls())
                .containsExactly(
                        "GET migrations?limit=200&state=RUNNING%2CPARKED&name=as%26tro&sourceCluster=old&sort=-name",
                        "GET migrations?after=m-1&state=RUNNING");
    }

    @Test
    void listPrintsTheServersJsonUnchangedOneLineEach() {
        // Given numbers and spaces that would not survive a parser, far behind the beginning of its buffer
        String first = "{\"id\":\"m-1\", \"n\":1.10, \"big\":12345678901234567890, \"s\":\"\\u00e4 }],{\"}";
        server.on(
                "GET migrations",
                200,
                "{\"other\":[{\"long\":\"" + "z".repeat(100_000) + "\"}],\"migrations\":[ " + first
                        + ",\n{\"id\":\n\"m-2\"}],\"x\":1}");

        // When
        Ran ran = cli.run("list", "--output", "json");

        // Then
        assertThat(ran.lines()).containsExactly(first, "{\"id\": \"m-2\"}");
    }

    @Test
    void showTellsEveryFailureAndTheWayOut() {
        // Given
        server.on(
                        "GET " + AT,
                        200,
                        Samples.migration(
                                "PARKED",
                                ",\"parkedAt\":\"check-homes\",\"cause\":\"TARGET_FULL: two things are wrong\""))
                .on("GET " + AT + "/steps", 200, Samples.STEPS);

        // When
        Ran ran = cli.run("show", Samples.ID);

        // Then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("TARGET_FULL: two things are wrong")
                .contains("nfs-new:/export: 1 GiB is free, 2 GiB are needed", "make room")
                .contains("nfs-old: no route to host", "open port 22")
                .contains("ZONE_DENIED: the key is refused")
                .contains("./hubferry migrations retry m-0a1b check-homes")
                .contains("STATE_OF_A_NEWER_SERVER");
    }

    @Test
    void approveShowsNoticesAndForecastThenAsks() {
        // Given
        server.on("GET " + AT + "/approvals", 200, Samples.APPROVALS)
                .on("POST " + AT + "/approvals/approve-downtime", 200, Samples.migration("RUNNING", ""));

        // When
        Ran ran = cli.typing("y\n")
                .run("approve", Samples.ID, "approve-downtime", "--comment", "go", "--over-budget", "all know");

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("users have to log in again")
                .contains("1m to 4m, likely 2m 30s", "the budget is 10m")
                .contains("Approve approve-downtime? [y/N]");
        assertThat(server.asked("POST " + AT + "/approvals/approve-downtime")
                        .getFirst()
                        .body())
                .isEqualTo("{\"approved\":true,\"comment\":\"go\",\"overBudget\":\"all know\"}");
    }

    @Test
    void approveAnswersNothingWithoutAYes() {
        // Given
        server.on("GET " + AT + "/approvals", 200, Samples.APPROVALS);

        // When
        Ran no = cli.typing("\n").run("approve", Samples.ID, "approve-downtime");
        Ran unknown = cli.run("approve", Samples.ID, "approve-all", "--yes");

        // Then
        assertThat(no.exit()).isEqualTo(1);
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("approve-plan, approve-downtime");
        assertThat(server.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void approveNeedsAYesWhereNobodyCanBeAsked() {
        // Given
        server.on("GET " + AT + "/approvals", 200, Samples.APPROVALS)
                .on("POST " + AT + "/approvals/approve-downtime", 200, Samples.migration("RUNNING", ""));

        // When
        Ran refused = cli.reading("y\n").run("approve", Samples.ID, "approve-downtime");
        Ran done = cli.run("reject", Samples.ID, "approve-downtime", "--yes");

        // Then
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes");
        assertThat(done.exit()).isZero();
        assertThat(server.asked("POST " + AT + "/approvals/approve-downtime"))
                .singleElement()
                .matches(asked -> asked.body().equals("{\"approved\":false}"));
    }

    @Test
    void verbsAskForWhatTheySay() {
        // Given
        for (String verb : List.of("/pause", "/resume", "/steps/seed-homes/retry", "/steps/seed-homes/skip")) {
            server.on("POST " + AT + verb, 200, Samples.migration("RUNNING", Samples.WAITING));
        }

        // When
        Ran paused = cli.run("pause", Samples.ID, "--reason", "lunch");
        cli.run("resume", Samples.ID);
        Ran retried = cli.run("retry", Samples.ID, "seed-homes");
        cli.run("skip", Samples.ID, "seed-homes", "--reason", "by hand");

        // Then
        assertThat(paused.out()).isEqualTo(Samples.ID + "  RUNNING in prepare, gate approve-plan\n");
        assertThat(retried.err()).contains("the spec is the one that was requested");
        assertThat(server.asked().stream().map(asked -> asked.path() + " " + asked.body()))
                .containsExactly(
                        AT + "/pause {\"reason\":\"lunch\"}",
                        AT + "/resume {}",
                        AT + "/steps/seed-homes/retry {}",
                        AT + "/steps/seed-homes/skip {\"reason\":\"by hand\"}");
    }

    @Test
    void namesOfOthersDoNothingToATerminal() {
        // Given
        String migration = Samples.migration("RUNNING", Samples.WAITING)
                .replace("\"name\":\"astro\"", "\"name\":\"" + HOSTILE + "\"");
        server.on("GET migrations", 200, "{\"migrations\":[" + migration + "]}")
                .on("GET " + AT, 200, migration)
                .on("GET " + AT + "/steps", 200, Samples.STEPS.replace("no route to host", HOSTILE))
                .on("POST " + AT + "/abort", 409, problem("no", 409, HOSTILE, HOSTILE));

        // When
        List<Ran> all =
                List.of(cli.run("list"), cli.run("show", Samples.ID), cli.run("abort", Samples.ID, "--reason", "x"));

        // Then
        for (Ran ran : all) {
            assertThat(ran.all()).contains("\\u{1b}[2J");
            assertThat(ran.all().chars().filter(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e)))
                    .isEmpty();
            assertThat(ran.all().lines()).noneMatch(line -> line.startsWith("PARKED"));
        }
    }

    @Test
    void receiptIsThereWholeOrNotAtAllAndNeverOverAnotherFile() throws IOException {
        // Given
        String receipt = "{\"users\":2,\"entries\":10,\"bytes\":2048,\"rootHash\":\"ab\",\"perUser\":[]}";
        server.on("GET " + AT + "/receipt", 200, receipt);
        Path file = directory.resolve("receipt.json");

        // When
        Ran first = cli.run("receipt", Samples.ID, "--to", file.toString());
        Files.writeString(file, "precious");
        Ran second = cli.run("receipt", Samples.ID, "--to", file.toString());

        // Then
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).contains("2 homes", "2 KiB", "root hash ab");
        assertThat(second.exit()).isEqualTo(2);
        assertThat(second.err()).contains("--force");
        assertThat(file).hasContent("precious");

        // When
        Ran forced = cli.run("receipt", Samples.ID, "--to", file.toString(), "--force");

        // Then
        assertThat(forced.exit()).isZero();
        assertThat(file).hasContent(receipt);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("token", "receipt.json");
        }
    }

    @Test
    void aReceiptThatIsNotThereLeavesNoFile() {
        // Given
        server.on(
                "GET " + AT + "/receipt",
                404,
                problem("no-receipt", 404, "step verify-homes has not succeeded", "see the steps"));
        Path file = directory.resolve("receipt.json");

        // When
        Ran ran = cli.run("receipt", Samples.ID, "--to", file.toString());

        // Then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void reportTellsTheDowntimeAndWhatWasVerified() {
        // Given
        server.on("GET " + AT + "/report", 200, """
                {"migration":"m-0a1b","name":"astro","outcome":"ROLLED_BACK","cause":"smoke-test failed","requestedAt":"2026-11-27T02:00:00Z",
                 "steps":[{"name":"smoke-test","kind":"STEP","attempts":3,"outcome":"FAILED",
                   "failure":{"code":"HUB_NOT_READY","category":"TRANSIENT","detail":"the hub answers 503","problems":[]}}],
                 "undos":[{"name":"close-source","kind":"STEP","attempts":1,"outcome":"SUCCEEDED"}],
                 "homes":{"users":3,"entries":40,"bytes":1536,"filesHashed":30,"rootHash":"cd"},
                 "database":{"users":3,"sizeBytes":4096},"dns":{},"downtimeSeconds":184.2,"stillDown":false,"orchestrationSeconds":1}""");

        // When
        Ran ran = cli.run("report", Samples.ID);

        // Then
        assertThat(ran.out())
                .contains("ROLLED_BACK", "smoke-test failed", "downtime   3m 4s", "root hash cd")
                .contains("HUB_NOT_READY: the hub answers 503")
                .contains("close-source");
    }
}
