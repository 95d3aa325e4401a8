package dev.hubferry.cli;

import static dev.hubferry.cli.FakeServer.json;
import static dev.hubferry.cli.FakeServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.cli.Cli.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a migration would do, and that asking never begins one. */
class PlanTest {
    private static final String POST = "POST migrations";
    private static final FakeServer.Answering KNOWN = json(
            400,
            problem("bad-parameter", 400, "dryRun must be true or false, once, but was 'known'", "correct the query"));

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
        cli = new Cli(server, directory).reading("name: astro\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsWhatIsInTheWayFirst() {
        // Given
        server.on(POST, KNOWN, json(200, plan("NEEDS_ATTENTION", """
                {"code":"TARGET_FULL","where":"nfs-new:/export","detail":"1 GiB is free","remedy":"make room"}""")));

        // When
        Ran ran = cli.run("plan", "-f", "-");

        // Then
        assertThat(ran.exit()).as(ran.err()).isEqualTo(7);
        assertThat(ran.out())
                .containsSubsequence(
                        "NEEDS_ATTENTION: astro",
                        "TARGET_FULL: nfs-new:/export: 1 GiB is free",
                        "what to do: make room",
                        "notice: cluster new: users have to log in again",
                        "! close-source (k8s): Closes the old hub.",
                        "way back: Opens it again.",
                        "- astro 1800 A 192.0.2.1",
                        "~ astro 300 A 192.0.2.1",
                        "+ astro 1800 A 192.0.2.2",
                        "3 homes, 40 entries, 1.5 KiB",
                        "the hub is down for at least 5m");
        assertThat(server.asked(POST)).hasSize(2);
        assertThat(server.asked(POST).getLast().path()).isEqualTo("migrations?dryRun=true");
        assertThat(server.asked(POST).getLast().body()).isEqualTo("name: astro\n");
    }

    @Test
    void waitsForChecksThatTakeLong() {
        // Given
        server.on(POST, KNOWN, json(202, "{\"id\":\"p-1\",\"findings\":[],\"pending\":[\"check-homes\"]}"))
                .on("GET plans/p-1", 200, plan("READY", ""));

        // When
        Ran ran = cli.run("plan", "-f", "-", "--output", "json");

        // Then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo(plan("READY", "") + "\n");
    }

    @Test
    void sendsNoSpecToAServerThatWouldBeginAMigration() {
        // Given a server of before dry runs: it passes over the parameter and reads the body
        server.on(POST, 422, problem("invalid", 422, "name is missing", "correct it"));

        // When
        Ran ran = cli.run("plan", "-f", "-");

        // Then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("knows no dry runs", "nothing was sent");
        assertThat(server.asked(POST))
                .singleElement()
                .matches(asked -> asked.body().equals("{}"));
    }

    @Test
    void saysSoWhenAnOlderReplicaHasBegunAMigration() {
        // Given
        server.on(POST, KNOWN, json(201, Samples.migration("RUNNING", "")));

        // When
        Ran ran = cli.run("plan", "-f", "-");

        // Then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("has begun migration m-0a1b", "./hubferry migrations abort m-0a1b");
    }

    @Test
    void whoMayNotPlanIsToldSo() {
        for (int status : List.of(401, 403)) {
            server.on(POST, status, problem("no", status, "not you", "another token"));
            assertThat(cli.run("plan", "-f", "-").exit()).isEqualTo(4);
        }
    }

    private static String plan(String verdict, String findings) {
        return """
            {"id":"p-1","name":"astro","definition":"migrate-hub/3","verdict":"%s","findings":[%s],"pending":[],\
            "notices":[{"where":"cluster new","text":"users have to log in again"}],"steps":[\
            {"name":"check-source","phase":"prepare","by":"k8s","does":"Looks at the hub.","wayBack":"NOTHING_TO_UNDO","undo":"","hubDown":false},\
            {"name":"close-source","phase":"cut over","by":"k8s","does":"Closes the old hub.","wayBack":"UNDONE","undo":"Opens it again.","hubDown":true}],\
            "zone":{"zone":"example-org","untouched":4,"before":{"host":"astro","type":"A","value":"192.0.2.1","ttlSeconds":1800},\
            "cutover":{"host":"astro","type":"A","value":"192.0.2.1","ttlSeconds":300},"after":{"host":"astro","type":"A","value":"192.0.2.2","ttlSeconds":1800}},\
            "sizes":{"homes":{"source":"nfs-old:/a","target":"nfs-new:/a","users":3,"entries":40,"bytes":1536,"exclude":[]},"database":{"users":3},"userServers":2},\
            "forecast":{"copies":"nobody knows yet","waits":[{"step":"old-ttl-expired","length":"PT30M","why":"caches"}],"downtimeAtLeast":"PT5M"},\
            "users":[],"approvals":[],"queues":[]}""".formatted(verdict, findings);
    }
}
