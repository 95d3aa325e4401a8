package dev.hubferry.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.EventsClient.Event;
import dev.hubferry.orchestrator.api.security.Tokens;
import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.FreePorts;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import dev.hubferry.testbed.TraceCollector;
import dev.hubferry.trace.TraceParent;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service in processes of its own, which are killed. */
class ReplicasIT {
    private static final int STEPS = 28;
    private static final int TIMERS = 3;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String JAR = System.getProperty("orchestrator.jar", "target/quarkus-app/quarkus-run.jar");

    private static final Path LOGS = Path.of("target", "replicas");

    @TempDir
    static Path directory;

    private static ScriptedParticipants participants;
    private static Receiver receiver;

    private final String database = SharedParts.newDatabase();
    private final Map<String, Replica> replicas = new HashMap<>();

    private record Replica(ChildProcess process, int port) {}

    @BeforeAll
    static void startParticipants() throws IOException {
        Files.createDirectories(LOGS);
        for (String topic : OrchestratorResource.TOPICS.split(",", -1)) {
            String[] parts = topic.split(":", -1);
            SharedParts.kafka().createTopics(parts.length == 2 ? Integer.parseInt(parts[1]) : 1, parts[0]);
        }
        Files.write(
                directory.resolve("tokens"),
                List.of(
                        "vera viewer " + Tokens.hashed(OrchestratorResource.VIEWER),
                        "olga operator " + Tokens.hashed(OrchestratorResource.OPERATOR),
                        "anna approver " + Tokens.hashed(OrchestratorResource.APPROVER)));
        Files.writeString(directory.resolve("secret"), Receiver.SECRET);
        Signer.make(directory, "ops");
        participants = new ScriptedParticipants(SharedParts.kafka().bootstrapServers(), Clock.systemUTC()).start();
        receiver = Receiver.start();
    }

    @AfterAll
    static void stopParticipants() {
        participants.close();
        receiver.close();
    }

    @BeforeEach
    void reset() {
        participants.reset();
        receiver.answers(200);
    }

    @AfterEach
    void stopReplicas() {
        replicas.values().forEach(replica -> replica.process().kill());
    }

    @Test
    void goesOnAfterBeingKilledInMidMigration() {
        // Given, while somebody is being told of it
        Replica first = start("a");
        ask(first);
        participants.hold("seed-homes");
        receiver.hangs();
        String migration = Client.request("killed");
        Client.approve(migration, "approve-plan");
        Await.until("the step", SOON, () -> participants.holds("seed-homes"));
        Await.until("an event", SOON, () -> !told(migration).isEmpty());

        // And what it has published it has also noted, else publishing it again would be right
        Await.until("an empty outbox", SOON, this::nothingToPublish);

        // When it is killed, a reply comes while it is down, and it starts again
        first.process().kill();
        receiver.answers(200);
        participants.release("seed-homes");
        ask(start("a"));

        // Then
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");
        assertEveryStepWasSentOnce(migration);

        // And the receiver has heard everything in its order
        Await.until("the whole history", SOON, () -> told(migration).equals(EventsClient.history(migration)));
        assertThat(receiver.received()).allMatch(received -> received.isSignedWith(Receiver.SECRET));
    }

    /** The types of what the receiver has heard of a migration, without what came again. */
    private static List<String> told(String migration) {
        Map<String, String> types = new LinkedHashMap<>();
        receiver.received().stream()
                .filter(received -> received.id().startsWith(migration + "/"))
                .forEach(received ->
                        types.put(received.id(), received.event().path("type").asText()));
        return List.copyOf(types.values());
    }

    @Test
    void goesOnWithItsTraceWhereverItIsKilledAndWaitsForNoCollector() {
        try (TraceCollector collector = TraceCollector.start()) {
            // Given what was done is told
            List<String> traced = collector.settings().entrySet().stream()
                    .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                    .toList();
            Replica first = start("a", traced);
            ask(first);
            participants.hold("seed-homes");
            String migration = Client.request("traced-and-killed");
            Client.approve(migration, "approve-plan");
            Await.until("the step", SOON, () -> participants.holds("seed-homes"));
            Await.until("the step before", SOON, () -> told(collector, "step open-route", migration));

            // When
            first.process().kill();
            participants.release("seed-homes");
            Replica second = start("a", traced);
            ask(second);
            Client.approve(migration, "approve-downtime");
            Client.approve(migration, "approve-cleanup");
            var unused = Client.awaitState(migration, "COMPLETED");

            // Then
            Await.until("the end", SOON, () -> told(collector, "migration", migration));
            assertThat(told(collector, "step seed-homes", migration)).isTrue();
            List<String> ids = collector.spans().stream()
                    .filter(span -> span.attribute("hubferry.migration").equals(migration))
                    .filter(span ->
                            span.name().startsWith("step ") || span.name().equals("migration"))
                    .map(TraceCollector.Span::traceId)
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
            Set<String> runs = participants.tracesOf(migration).keySet().stream()
                    .flatMap(command -> participants.runOf(command).stream())
                    .map(TraceParent::spanId)
                    .collect(Collectors.toSet());
            assertThat(collector.orphans(ids.getFirst(), "").stream().filter(span -> !runs.contains(span.parentId())))
                    .isEmpty();

            // When the collector takes everything and says nothing
            collector.hang();
            String next = Client.request("traced-into-nothing");
            Client.approve(next, "approve-plan");
            Client.approve(next, "approve-downtime");
            Client.approve(next, "approve-cleanup");
            unused = Client.awaitState(next, "COMPLETED");
            // Then
            Await.until("a request that hangs", SOON, () -> collector.hanging() > 0);
            RestAssured.get("/q/health/ready").then().statusCode(200);
            long stop = System.nanoTime();
            second.process().terminate(Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - stop)).isLessThan(Duration.ofSeconds(20));
        }
    }

    private static boolean told(TraceCollector collector, String name, String migration) {
        return collector.spans().stream()
                .anyMatch(span -> span.name().equals(name)
                        && span.attribute("hubferry.migration").equals(migration));
    }

    @Test
    void sharesTheWorkWithAnotherReplica() {
        // Given
        Replica first = start("a");
        Replica second = start("b");
        ask(first);
        List<String> migrations =
                List.of(Client.request("shared-1"), Client.request("shared-2"), Client.request("shared-3"));

        // When one hears of requests and the other of answers
        ask(second);
        migrations.forEach(migration -> Client.approve(migration, "approve-plan"));
        ask(first);
        migrations.forEach(migration -> Client.approve(migration, "approve-downtime"));
        participants.hold("restore-ttl");
        migrations.forEach(migration -> Client.approve(migration, "approve-cleanup"));
        Await.until("clean-up", SOON, () -> migrations.stream().allMatch(this::isAtCleanUp));
        Await.until("an empty outbox", SOON, this::nothingToPublish);

        // And one is killed while a client of the other listens
        ask(second);
        try (EventsClient client = new EventsClient(migrations.getFirst(), 0)) {
            first.process().kill();
            participants.release("restore-ttl");
            participants.reset();

            // Then
            Await.until("the end", SOON, client::hasEnded);
            assertThat(client.names()).endsWith("hubferry.migration-completed.v1");
        }
        migrations.forEach(migration -> {
            var unused = Client.awaitState(migration, "COMPLETED");
            assertEveryStepWasSentOnce(migration);
        });
    }

    @Test
    void endsADryRunThatWasUnderWayWhenItWasKilled() {
        // Given
        Replica first = start("a");
        ask(first);
        participants.hold("check-homes");
        String plan = Client.as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(Client.spec("planned"))
                .post(Client.MIGRATIONS + "?dryRun=true")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Await.until("the check", SOON, () -> participants.holds("check-homes"));
        Await.until("an empty outbox", SOON, this::nothingToPublish);

        // When it is killed, an answer comes while it is down, and it starts again
        first.process().kill();
        participants.release("check-homes");
        ask(start("a"));

        // Then
        Await.until(
                "the verdict",
                SOON,
                () -> "READY"
                        .equals(Client.as(OrchestratorResource.VIEWER)
                                .get("/api/v1/plans/" + plan)
                                .path("verdict")));
        assertThat(participants.arrivalsOf(plan)).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void tellsAClientThatComesBackEveryEventOnce() {
        // Given a client has heard how the seed began
        Replica first = start("a");
        Replica second = start("b");
        ask(first);
        participants.hold("seed-homes");
        String migration = Client.request("reconnecting");
        Client.approve(migration, "approve-plan");
        List<Event> heard = new ArrayList<>();
        listen(migration, heard, "\"step\":\"seed-homes\"", first);

        // When its replica is killed and it goes on at the other, which is killed in the middle of the rest, and at the
        // first again
        ask(second);
        participants.release("seed-homes");
        listen(migration, heard, "\"gate\":\"approve-downtime\"", second);
        Replica again = start("a");
        ask(again);
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");
        try (EventsClient client = new EventsClient(migration, last(heard))) {
            Await.until("the end", SOON, client::hasEnded);
            heard.addAll(numbered(client));
        }

        // Then
        assertThat(heard.stream().map(Event::id))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, heard.size())
                        .mapToObj(Long::toString)
                        .toList());
        assertThat(heard.stream().map(Event::name)).containsExactlyElementsOf(EventsClient.history(migration));
    }

    @Test
    void tellsTheOutsideByEventsWhatItShows() throws IOException {
        // Given one has moved, one is parked, and one is paused in the middle of the seed
        Replica first = start("a");
        ask(first);
        String moved = Client.request("told-moved");
        Client.approve(moved, "approve-plan");
        Client.approve(moved, "approve-downtime");
        Client.approve(moved, "approve-cleanup");
        var unused = Client.awaitState(moved, "COMPLETED");
        participants.fail("hold-target", Direction.DO, ErrorCode.PERMISSION_MISSING);
        String parked = Client.request("told-parked");
        Client.approve(parked, "approve-plan");
        unused = Client.awaitState(parked, "PARKED");
        participants.reset();
        participants.hold("seed-homes");
        String paused = Client.request("told-paused");
        Client.approve(paused, "approve-plan");
        Await.until("the seed", SOON, () -> participants.holds("seed-homes"));
        Client.say(paused, "/pause", Map.of("reason", "an exam")).then().statusCode(200);
        List<String> migrations = List.of(moved, parked, paused);

        try (OutsideReader outside = OutsideReader.start(SharedParts.kafka().bootstrapServers())) {
            outside.assertShowsWhatRestShows("before", migrations);

            // When it is killed right behind a person's word, and an answer comes while it is down
            Client.say(parked, "/steps/hold-target/retry", Map.of()).then().statusCode(200);
            first.process().kill();
            participants.release("seed-homes");
            ask(start("a"));

            // Then
            outside.assertShowsWhatRestShows("after the kill", migrations);
            Client.say(paused, "/resume", Map.of()).then().statusCode(200);
            Client.approve(parked, "approve-downtime");
            Client.approve(parked, "approve-cleanup");
            unused = Client.awaitState(parked, "COMPLETED");
            Client.awaitGate(paused, "approve-downtime");
            Client.abort(paused).then().statusCode(200);
            unused = Client.awaitState(paused, "ROLLED_BACK");
            outside.assertShowsWhatRestShows("at the end", migrations);
        }
        try (OutsideReader outside = OutsideReader.start(SharedParts.kafka().bootstrapServers())) {
            outside.assertShowsWhatRestShows("read anew", migrations);
        }
    }

    @Test
    void answersARequestByEventWhateverItIsKilledIn() throws IOException {
        // Given somebody asks by event, with an effect that can be seen
        Signer ops = Signer.ed25519(directory, "ops");
        Replica first = start("a");
        ask(first);
        Map<String, Object> claims = Signer.claims("killed-1", "hubferry.request-migration.v1");
        claims.put("data", Client.spec("asked-for"));
        try (RequestsMail mail = new RequestsMail(SharedParts.kafka().bootstrapServers())) {
            mail.send("killed", ops.sign(claims));
            Await.until("the effect", SOON, () -> named("asked-for").size() == 1);

            // When it is killed right then, and what it had heard may not be committed
            first.process().kill();
            ask(start("a"));
            mail.send("killed", ops.sign(claims));

            // Then there is one effect, and one answer, however often it is said
            var answers = mail.await("killed-1", 2);
            assertThat(answers).allMatch(answers.getFirst()::equals);
            assertThat(answers.getFirst().type()).isEqualTo("hubferry.request-accepted.v1");
            assertThat(named("asked-for"))
                    .containsExactly(answers.getFirst().body().path("migration").asText());
        }
    }

    @Test
    void letsAProgramThatKnowsTheTopicsOnlyMoveAHub() throws IOException {
        // Given
        Path key = directory.resolve("team.pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        run(
                "openssl",
                "pkey",
                "-in",
                key.toString(),
                "-pubout",
                "-out",
                directory.resolve("team.pub").toString());
        Path spec = Files.writeString(directory.resolve("spec.json"), Client.spec("by-program"));
        ask(start(
                "a",
                List.of(
                        "-Dhubferry.requests.requesters.team.public-key-file=" + directory.resolve("team.pub"),
                        "-Dhubferry.requests.requesters.team.roles=operator,approver")));

        // When
        ChildProcess program = run(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                OutsideReader.jars(),
                Path.of("src/test/outside/MoveByEvents.java").toAbsolutePath().toString(),
                SharedParts.kafka().bootstrapServers(),
                "team",
                key.toString(),
                spec.toString());

        // Then
        String said = Files.readString(program.log());
        assertThat(said)
                .contains("plan: READY", "approval-awaited.v1 approve-cleanup", "hubferry.migration-completed.v1");
        assertThat(named("by-program"))
                .singleElement()
                .satisfies(migration -> assertThat(Client.get(migration, "").getString("requestedBy"))
                        .isEqualTo("key:team"));
    }

    private static ChildProcess run(String... command) throws IOException {
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec(
                "outside", List.of(command), Map.of(), directory, Files.createTempFile(directory, "outside", ".log")));
        assertThat(process.exitCode()).as(process.logTail()).isZero();
        return process;
    }

    private static List<String> named(String hub) {
        return Client.as(OrchestratorResource.VIEWER)
                .get(Client.MIGRATIONS + "?name=" + hub)
                .jsonPath()
                .getList("migrations.id", String.class);
    }

    /** From the event after the last that was heard on, until one is heard that says so, and then the replica is killed. */
    private static void listen(String migration, List<Event> heard, String until, Replica replica) {
        try (EventsClient client = new EventsClient(migration, last(heard))) {
            Await.until(
                    until,
                    SOON,
                    () -> numbered(client).stream()
                            .anyMatch(event -> event.data().contains(until)));
            replica.process().kill();
            Await.until("the end of the stream", SOON, client::hasEnded);
            heard.addAll(numbered(client));
        }
    }

    private static long last(List<Event> heard) {
        return heard.isEmpty() ? 0 : Long.parseLong(heard.getLast().id());
    }

    private static List<Event> numbered(EventsClient client) {
        return client.events().stream().filter(event -> !event.id().isEmpty()).toList();
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        // Given
        Map<String, String> environment = environment(FreePorts.next());
        environment.put("HUBFERRY_AUTH_TOKEN_FILE", directory.resolve("none").toString());

        // When
        ChildProcess process = launch("no-tokens", environment, List.of());

        // Then
        assertThat(process.exitCode()).isNotZero();
        assertThat(Files.readString(process.log())).contains("hubferry.auth.token-file", "cannot be read");
    }

    /** By what came, each message as often as it came, and by the history. */
    private static void assertEveryStepWasSentOnce(String migration) {
        assertThat(participants.arrivalsOf(migration))
                .hasSize(STEPS)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.endsWith("/do/1"));
        assertThat(EventsClient.history(migration))
                .areExactly(STEPS, new Condition<>("hubferry.step-started.v1"::equals, "a step's start"))
                .areExactly(STEPS + TIMERS, new Condition<>("hubferry.step-succeeded.v1"::equals, "a row's success"));
    }

    private boolean isAtCleanUp(String migration) {
        return participants.commandsOf(migration).contains("restore-ttl/do/1");
    }

    private boolean nothingToPublish() throws SQLException {
        try (var connection = DriverManager.getConnection(database, PostgresServer.USER, PostgresServer.USER);
                var select = connection.prepareStatement("select count(*) from orchestrator.outbox");
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1) == 0;
        }
    }

    private static void ask(Replica replica) {
        RestAssured.port = replica.port();
    }

    private Replica start(String name) {
        return start(name, List.of());
    }

    private Replica start(String name, List<String> options) {
        int port = FreePorts.next();
        ChildProcess process = launch(name, environment(port), options);
        Replica replica = new Replica(process, port);
        replicas.put(name, replica);
        process.awaitReady(
                Duration.ofMinutes(4),
                () -> RestAssured.get("http://127.0.0.1:" + port + "/q/health/ready")
                                .statusCode()
                        == 200);
        return replica;
    }

    private static ChildProcess launch(String name, Map<String, String> environment, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-Dhubferry.requests.requesters.ops.public-key-file=" + directory.resolve("ops.pub"),
                "-Dhubferry.requests.requesters.ops.roles=operator"));
        command.addAll(options);
        command.addAll(List.of("-jar", Path.of(JAR).toAbsolutePath().toString()));
        return ChildProcess.start(new ChildProcess.Spec(
                name,
                command,
                environment,
                directory,
                LOGS.toAbsolutePath().resolve(name + "-" + environment.get("QUARKUS_HTTP_PORT") + ".log")));
    }

    private Map<String, String> environment(int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", SharedParts.kafka().bootstrapServers());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        environment.put("HUBFERRY_AUTH_TOKEN_FILE", directory.resolve("tokens").toString());
        environment.put("HUBFERRY_CONNECTIONS_CLUSTERS", "old,new");
        environment.put("HUBFERRY_CONNECTIONS_STORAGES", "nfs-old,nfs-new");
        environment.put("HUBFERRY_CONNECTIONS_ZONES", "example");
        environment.put("HUBFERRY_PLANS_PATIENCE", "PT1S");
        environment.put("HUBFERRY_WEBHOOKS_CHAT_URL", receiver.url());
        environment.put(
                "HUBFERRY_WEBHOOKS_CHAT_SECRET_FILE",
                directory.resolve("secret").toString());
        environment.put("HUBFERRY_WEBHOOKS_CHAT_ALLOW_HTTP", "true");
        environment.put("HUBFERRY_WEBHOOKS_CHAT_ALLOW_PRIVATE", "127.0.0.0/8");
        environment.put("HUBFERRY_WEBHOOK_DELIVERY_LEASE_MARGIN", "PT1S");
        environment.put("HUBFERRY_WEBHOOK_DELIVERY_FIRST_DELAY", "PT0.2S");
        return environment;
    }
}
