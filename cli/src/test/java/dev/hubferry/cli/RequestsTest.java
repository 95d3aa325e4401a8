package dev.hubferry.cli;

import static dev.hubferry.cli.FakeServer.json;
import static dev.hubferry.cli.FakeServer.lost;
import static dev.hubferry.cli.FakeServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.cli.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How requests are sent, repeated and refused. */
class RequestsTest {
    private static final String SHOW = "GET migrations/" + Samples.ID;
    private static final String ABORT = "POST migrations/" + Samples.ID + "/abort";

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
    void printsEveryErrorOfASpecWithItsPlaceAndRemedy() throws IOException {
        // Given
        Path spec = Files.writeString(directory.resolve("spec.yaml"), "name: astro\n");
        server.on("POST migrations", 422, """
                {"type":"urn:hubferry:problem:invalid","title":"The body is not right","status":422,"detail":"2 errors were found",
                 "remedy":"correct every one of errors","errors":[
                 {"pointer":"#/source","detail":"is missing","remedy":"name the cluster"},
                 {"pointer":"#/homes/target/path","detail":"is relative","remedy":"begin with a slash"}]}""");

        // When
        Ran ran = cli.run("apply", "-f", spec.toString());

        // Then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("#/source: is missing", "name the cluster")
                .contains("#/homes/target/path: is relative", "begin with a slash")
                .contains("correct every one of errors");
    }

    @Test
    void repeatsAChangeWhoseAnswerWasLostWithTheSameKey() {
        // Given
        server.on(ABORT, lost(), lost(), json(200, Samples.migration("COMPENSATING", "")));

        // When
        Ran ran = cli.run("abort", Samples.ID, "--reason", "wrong night");

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(server.asked(ABORT)).hasSize(3);
        assertThat(server.asked(ABORT).stream().map(FakeServer.Asked::key).distinct())
                .hasSize(1)
                .allMatch(key -> key.isPresent());
        assertThat(server.asked(ABORT)).allMatch(asked -> asked.body().equals("{\"reason\":\"wrong night\"}"));
    }

    @Test
    void namesTheKeyWhenNobodyKnowsWhatBecameOfAChange() {
        // Given
        server.on(ABORT, lost());

        // When
        Ran ran = cli.run("abort", Samples.ID, "--reason", "wrong night");

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        String key = server.asked(ABORT).getFirst().key().orElseThrow();
        assertThat(ran.err()).contains("--idempotency-key " + key);

        // When
        server.on(ABORT, 200, Samples.migration("COMPENSATING", ""));
        Ran again = cli.run("abort", Samples.ID, "--reason", "wrong night", "--idempotency-key", key);

        // Then
        assertThat(again.exit()).isZero();
        assertThat(server.asked(ABORT).getLast().key()).contains(key);
    }

    @Test
    void eachChangeHasAKeyOfItsOwn() {
        // Given
        server.on(ABORT, 200, Samples.migration("COMPENSATING", ""));

        // When
        cli.run("abort", Samples.ID, "--reason", "a");
        cli.run("abort", Samples.ID, "--reason", "a");

        // Then
        assertThat(server.asked(ABORT).stream().map(FakeServer.Asked::key).distinct())
                .hasSize(2);
    }

    @Test
    void waitsAsLongAsABusyServerAsks() {
        // Given
        server.on(
                SHOW,
                json(429, problem("too-many-calls", 429, "too many", "wait"), "Retry-After", "1"),
                json(200, Samples.migration("RUNNING", "")));
        long begin = System.nanoTime();

        // When
        Ran ran = cli.run("show", Samples.ID, "--output", "json");

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(ran.err()).contains("too many");
    }

    @Test
    void doesNotAskBeforeABusyServerWantsToBeAskedAgain() {
        // Given a time that is longer than the patience
        server.on(SHOW, json(503, problem("unavailable", 503, "no database", "again"), "Retry-After", "60"));

        // When
        Ran ran = cli.run("show", Samples.ID);

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(server.asked(SHOW)).hasSize(1);
        assertThat(ran.err()).contains("no database");
    }

    @Test
    void tellsByTheExitCodeWhoIsNotAllowed() {
        for (int status : List.of(401, 403)) {
            // Given
            server.on(SHOW, status, problem("no", status, "not you", "use another token"));

            // When
            Ran ran = cli.run("show", Samples.ID);

            // Then
            assertThat(ran.exit()).isEqualTo(4);
            assertThat(ran.err()).contains("not you", "use another token");
        }
        assertThat(server.asked(SHOW)).hasSize(2);
    }

    @Test
    void tellsWhatIsNotThereOrNotPossible() {
        for (int status : List.of(404, 409)) {
            // Given
            server.on(ABORT, status, problem("no", status, "it is too late", "let it go forward"));

            // When
            Ran ran = cli.run("abort", Samples.ID, "--reason", "x");

            // Then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("it is too late", "let it go forward")
                    .doesNotContain("idempotency-key");
        }
    }

    @Test
    void followsNoRedirectionWithTheToken() throws IOException {
        // Given
        try (FakeServer elsewhere = FakeServer.start()) {
            server.on(SHOW, json(302, "{}", "Location", elsewhere.url() + "/api/v1/migrations/" + Samples.ID));

            // When
            Ran ran = cli.run("show", Samples.ID);

            // Then
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void saysSoWhenSomethingElseAnswers() {
        // Given
        server.on(SHOW, 200, "<html>Please log in</html>");

        // When
        Ran ran = cli.run("show", Samples.ID);

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("no JSON").contains("--server");
    }

    @Test
    void printsTheTokenNowhereAndWarnsWhenOthersCanReadIt() throws IOException {
        // Given
        Files.setPosixFilePermissions(cli.tokenFile(), PosixFilePermissions.fromString("rw-r--r--"));
        server.on(SHOW, 401, problem("unauthorized", 401, "no", "no"));

        // When
        Ran ran = cli.run("show", Samples.ID);

        // Then
        assertThat(server.asked(SHOW).getFirst().token()).contains("Bearer " + Cli.TOKEN);
        assertThat(ran.err()).contains("others can read", "chmod 600").doesNotContain(Cli.TOKEN);
    }

    @Test
    void doesNotRepeatATokenThatIsGivenAsAnArgument() {
        for (List<String> words : List.of(List.of("--token", "abc123"), List.of("--token=abc123"))) {
            // When
            Ran ran = cli.run(Stream.concat(Stream.of("list"), words.stream()).toArray(String[]::new));

            // Then
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("--token-file").doesNotContain("abc123");
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void readsTheTokenAnewForEachRequest() throws IOException {
        // Given a token that is replaced while a command runs
        server.on(
                SHOW,
                exchange -> {
                    Files.writeString(cli.tokenFile(), "fresh");
                    json(503, problem("unavailable", 503, "no database", "again"), "Retry-After", "0")
                            .answer(exchange);
                },
                json(200, Samples.migration("RUNNING", "")));

        // When
        Ran ran = cli.run("show", Samples.ID, "--output", "json");

        // Then
        assertThat(ran.exit()).isZero();
        assertThat(server.asked(SHOW).getLast().token()).contains("Bearer fresh");
    }

    @Test
    void refusesWhatIsNoServerOrTokenAsAnErrorOfUse() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path two = Files.writeString(directory.resolve("two"), "a b");
        String token = cli.tokenFile().toString();

        assertUsage("must be like https://", "list", "--server", "ops:8080", "--token-file", token);
        assertUsage("no user or password", "list", "--server", "https://a:secret@ops", "--token-file", token);
        assertUsage("is empty", "list", "--server", server.url(), "--token-file", empty.toString());
        assertUsage("one token", "list", "--server", server.url(), "--token-file", two.toString());
        assertUsage("cannot be read", "list", "--server", server.url(), "--token-file", directory + "/none");
        assertUsage("is no id", "show", "..", "--server", server.url(), "--token-file", token);
        assertUsage("Missing required", "abort", Samples.ID, "--server", server.url(), "--token-file", token);
        assertUsage("a time like", "list", "--server", server.url(), "--token-file", token, "--patience", "soon");
        assertThat(server.asked()).isEmpty();
    }

    private void assertUsage(String said, String... words) {
        String[] arguments = new String[words.length + 1];
        arguments[0] = "migrations";
        System.arraycopy(words, 0, arguments, 1, words.length);
        java.io.PrintStream before = System.err;
        java.io.ByteArrayOutputStream picocli = new java.io.ByteArrayOutputStream();
        System.setErr(new java.io.PrintStream(picocli, true, java.nio.charset.StandardCharsets.UTF_8));
        try {
            Ran ran = cli.bare(arguments);
            assertThat(ran.exit()).as(ran.all()).isEqualTo(2);
            assertThat(ran.err() + picocli.toString(java.nio.charset.StandardCharsets.UTF_8))
                    .contains(said)
                    .doesNotContain(":secret@");
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void aServerThatIsNotThereIsAnExitCodeOfItsOwn() {
        // Given
        server.close();

        // When
        Ran ran = cli.run("list", "--patience", "1s");

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("cannot be reached").doesNotContain("idempotency");
    }
}
