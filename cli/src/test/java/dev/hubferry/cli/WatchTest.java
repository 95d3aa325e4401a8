package dev.hubferry.cli;

import static dev.hubferry.cli.FakeServer.events;
import static dev.hubferry.cli.FakeServer.json;
import static dev.hubferry.cli.FakeServer.lost;
import static dev.hubferry.cli.FakeServer.problem;
import static dev.hubferry.cli.Samples.event;
import static dev.hubferry.cli.Samples.progress;
import static dev.hubferry.cli.Samples.started;
import static dev.hubferry.cli.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.cli.Cli.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration watched over lost connections, and what is told of it. */
class WatchTest {
    private static final String AT = "migrations/" + Samples.ID;
    private static final String EVENTS = "GET " + AT + "/events";
    private static final String COMPLETED = event(9, "migration-completed", "{}");
    private static final String GATE =
            event(3, "approval-awaited", "{\"gate\":\"approve-plan\",\"expiresAt\":\"2026-12-04T02:00:00Z\"}");

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
        server.on("GET " + AT + "/steps", 200, Samples.STEPS)
                .on("GET " + AT, 200, Samples.migration("RUNNING", Samples.WAITING));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesOnAfterTheLastEventOverLostConnectionsAndTellsEachOnce() {
        // Given a server that is cut off amid an event, is away, answers that it cannot, and tells again what was told
        String half = started(3, "check-zone").substring(0, 40);
        server.on(
                EVENTS,
                events(":events\n\n", started(1, "check-source"), succeeded(2, "check-source"), half),
                lost(),
                json(503, problem("unavailable", 503, "no database", "again"), "Retry-After", "0"),
                events(succeeded(2, "check-source"), started(3, "check-zone")),
                events(succeeded(4, "check-zone"), COMPLETED));

        // When
        Ran ran = cli.run("watch", Samples.ID);

        // Then
        assertThat(ran.exit()).as(ran.all()).isZero();
        assertThat(server.asked(EVENTS).stream().map(asked -> asked.lastEvent().orElse("none")))
                .containsExactly("none", "2", "2", "2", "3");
        assertThat(ran.lines())
                .containsExactly(
                        "2026-11-27T02:00:01Z  check-source begins  (row 1 of 5)",
                        "2026-11-27T02:00:02Z  check-source is done",
                        "2026-11-27T02:00:03Z  check-zone begins  (row 3 of 5)",
                        "2026-11-27T02:00:04Z  check-zone is done",
                        "2026-11-27T02:00:09Z  COMPLETED",
                        "    what was moved: ./hubferry migrations report m-0a1b");
        assertThat(ran.err()).contains("the connection is lost");
    }

    @Test
    void givesUpAServerThatStaysAway() {
        // Given
        server.on(EVENTS, events(started(1, "check-source")), lost());

        // When
        Ran ran = cli.run("watch", Samples.ID, "--patience", "1s");

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("cannot be reached");
    }

    @Test
    void tellsByTheExitCodeHowItEnded() {
        // Given
        server.on(
                EVENTS,
                events(
                        event(1, "compensation-started", "{\"cause\":\"smoke-test failed\"}"),
                        event(2, "migration-rolled-back", "{\"cause\":\"smoke-test failed\"}")));

        // When
        Ran ran = cli.run("watch", Samples.ID);

        // Then
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out()).contains("is taken back: smoke-test failed", "ROLLED_BACK: smoke-test failed");
    }

    @Test
    void tellsWhatFailedEveryCauseAndTheWayOut() {
        // Given
        server.on(
                        EVENTS,
                        events(
                                event(1, "step-failed", """
                                        {"step":"check-homes","direction":"do","attempt":2,"code":"TARGET_FULL","detail":"two things","problems":[\
                                        {"code":"TARGET_FULL","where":"nfs-new","detail":"is full","remedy":"make room"},\
                                        {"code":"SSH_UNREACHABLE","where":"nfs-old","detail":"no route","remedy":"open port 22"}]}"""),
                                event(
                                        2,
                                        "migration-parked",
                                        "{\"step\":\"check-homes\",\"direction\":\"do\",\"cause\":\"TARGET_FULL: two things\"}")))
                .on("GET " + AT, 200, Samples.migration("PARKED", ",\"parkedAt\":\"check-homes\""));

        // When
        Ran ran = cli.run("watch", Samples.ID, "--until", "parked");

        // Then
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.out())
                .contains("check-homes failed, attempt 2", "TARGET_FULL: two things")
                .contains("what to do: make room", "what to do: open port 22")
                .contains("PARKED at check-homes")
                .contains("./hubferry migrations retry m-0a1b check-homes", "./hubferry migrations abort m-0a1b");
    }

    @Test
    void stopsAtAGateThatWaitsNowAndNotAtOneOfThePast() {
        // Given a history with a gate that was answered, and one that waits
        String second = event(6, "approval-awaited", """
                {"gate":"approve-downtime","expiresAt":"2026-12-04T02:00:00Z","forecast":{"cutAt":"2026-11-27T02:00:00Z",\
                "basis":"WHOLE_TREE","low":"PT0S","high":"PT4M"},"budget":"PT10M"}""");
        server.on(
                        EVENTS,
                        events(
                                GATE,
                                event(
                                        4,
                                        "approval-answered",
                                        "{\"gate\":\"approve-plan\",\"approved\":true,\"by\":\"bo\",\"comment\":\"\"}"),
                                second,
                                started(7, "x")))
                .on("GET " + AT, 200, Samples.migration("RUNNING", ",\"waitingFor\":{\"gate\":\"approve-downtime\"}"));

        // When
        Ran ran = cli.run("watch", Samples.ID, "--until", "gate");

        // Then
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.out())
                .contains("gate approve-plan approved by bo")
                .contains("0s to 4m (a guess", "the budget is 10m")
                .endsWith("to let it go on: ./hubferry migrations approve m-0a1b approve-downtime\n");
    }

    @Test
    void applyWatchesWhenItIsToWait() throws IOException {
        // Given
        server.on("POST migrations", 201, Samples.migration("RUNNING", "")).on(EVENTS, events(GATE, COMPLETED));

        // When
        Ran ran = cli.reading("{}").run("apply", "-f", "-", "--wait");

        // Then
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines().getFirst()).isEqualTo(Samples.ID);
        assertThat(ran.out()).contains("COMPLETED");
    }

    @Test
    void drawsABarOnATerminalOnly() {
        // Given
        String[] seeding = {
            started(1, "seed-homes"),
            progress("seed-homes", 5),
            progress("seed-homes", 7),
            progress("seed-homes", 45),
            succeeded(2, "seed-homes"),
            COMPLETED
        };
        server.on(EVENTS, events(seeding));

        // When
        Ran plain = cli.run("watch", Samples.ID);
        Ran drawn = cli.onTerminal().run("watch", Samples.ID);

        // Then
        String figures = "45 %  460.8 MiB of 1 GiB  35 MiB/s  1m 5s left";
        assertThat(drawn.out())
                .contains("seed-homes  seed pass 1  [#########-----------]  " + figures)
                .contains("\r");
        assertThat(plain.out())
                .contains("    seed-homes  seed pass 1  " + figures)
                .doesNotContain("\r", "\u001b", "[#");
        assertThat(plain.lines().stream().filter(line -> line.contains(" % "))).hasSize(2);
    }

    @Test
    void printsTheServersEventsUnchangedAsJson() {
        // Given
        server.on(EVENTS, events(started(1, "check-source"), progress("seed-homes", 5), COMPLETED));

        // When
        Ran ran = cli.run("watch", Samples.ID, "--output", "json");

        // Then
        assertThat(ran.lines()).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(ran.lines().getFirst())
                .isEqualTo(
                        "{\"sequence\":1,\"type\":\"hubferry.step-started.v1\",\"at\":\"2026-11-27T02:00:01Z\",\"data\":{\"step\":\"check-source\",\"direction\":\"do\",\"attempt\":1}}");
    }

    @Test
    void bearsWhatANewerServerOrAHostileNameSays() {
        // Given a line of five MiB, an event without a name here, and escape sequences in a cause
        String huge = event(
                1,
                "step-succeeded",
                "{\"step\":\"check-source\",\"result\":{\"x\":\"" + "y".repeat(5 * 1024 * 1024) + "\"}}");
        String unknown = event(2, "moon-phase-changed", "{\"phase\":\"full\"}");
        String hostile = event(3, "compensation-started", "{\"cause\":\"\\u001b[2J\\r\\u009b1A\"}");
        server.on(EVENTS, events(huge, unknown, "retry: 5\n\n", hostile.replace("\n", "\r\n"), COMPLETED));

        // When
        Ran ran = cli.run("watch", Samples.ID);

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.lines().getFirst()).contains("event 1 ", "too large");
        assertThat(ran.out())
                .contains("moon-phase-changed {\"phase\":\"full\"}", "is taken back: \\u{1b}[2J\\u{d}\\u{9b}1A");
        assertThat(ran.all().chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
    }

    @Test
    void endsWithTheTimeThatItWasGiven() {
        // Given a server that says nothing new
        server.on(EVENTS, events(started(1, "check-source")));

        // When
        Ran ran = cli.run("watch", Samples.ID, "--timeout", "1s");

        // Then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("the migration goes on", "watch m-0a1b");
    }

    @Test
    void whoMayNotLookIsToldSo() {
        for (int status : List.of(401, 403)) {
            server.on(EVENTS, status, problem("no", status, "not you", "another token"));
            assertThat(cli.run("watch", Samples.ID).exit()).isEqualTo(4);
        }
    }
}
