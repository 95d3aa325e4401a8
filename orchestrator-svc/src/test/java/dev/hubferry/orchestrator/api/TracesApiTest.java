package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import dev.hubferry.trace.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The orchestrator's part of traces. The collector that is configured is away, as in all these tests. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class TracesApiTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    TestClock clock;

    @Inject
    SpanTap spans;

    private String servers = "";
    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void makesOneTreeOfAMigrationBelowItsRequest() throws Exception {
        // Given
        TraceParent caller = caller();
        participants.fail("open-route", Direction.DO, ErrorCode.SSH_UNREACHABLE);
        // When
        String migration = request("traced", caller);
        Client.approve(migration, "approve-plan");
        await(caller, "step open-route");
        participants.reset();
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");

        // Then the request is the caller's, and all else is below
        SpanData request = await(caller, "POST /api/v1/migrations");
        assertThat(request.getParentSpanId()).isEqualTo(caller.spanId());
        assertThat(await(caller, "migration").getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(spans.orphans(caller.traceId(), others(migration, caller))).isEmpty();
        assertThat(named(caller, "step open-route"))
                .hasSizeGreaterThan(1)
                .allSatisfy(step -> assertThat(step.getParentSpanId()).isEqualTo(request.getSpanId()));
        assertThat(named(caller, "step open-route").getFirst().getStatus().getDescription())
                .isEqualTo("SSH_UNREACHABLE");
        assertThat(spans.of(caller.traceId()).stream().map(SpanData::getName))
                .contains("gate approve-plan", "wait old-ttl-expired", "send hubferry.commands.storage", "turn");
        // Each command is a part of its attempt, and the reply's turn a part of what answered it
        participants.tracesOf(migration).forEach((command, step) -> {
            assertThat(step.traceId()).isEqualTo(caller.traceId());
            assertThat(spans.of(caller.traceId()).stream().map(SpanData::getSpanId))
                    .as(command.value())
                    .contains(step.spanId());
        });
        Set<String> runs = runs(migration);
        assertThat(named(caller, "turn").stream()
                        .filter(turn -> "reply".equals(text(turn, "hubferry.cause")))
                        .map(SpanData::getParentSpanId)
                        .collect(toSet()))
                .isEqualTo(runs);
        assertThat(text(named(caller, "turn").getFirst(), "hubferry.events"))
                .startsWith("hubferry.migration-requested.v1 hubferry.step-started.v1");
        assertThat(Files.readString(Path.of("target/log/orchestrator.jsonl")))
                .contains("\"traceId\":\"" + caller.traceId() + "\"");
    }

    @Test
    void linksAnAnswerFromATraceOfItsOwn() {
        // Given
        TraceParent caller = caller();
        TraceParent approver = caller();
        String migration = request("linked", caller);
        Client.awaitGate(migration, "approve-plan");
        // When
        Client.as(OrchestratorResource.APPROVER)
                .contentType(ContentType.JSON)
                .header("traceparent", approver.header())
                .body(Map.of("approved", false, "comment", "not now"))
                .post(MIGRATIONS + "/" + migration + "/approvals/approve-plan")
                .then()
                .statusCode(200);
        // Then
        SpanData answer = await(approver, "POST /api/v1/migrations/{id}/approvals/{gate}");
        assertThat(answer.getLinks().getFirst().getSpanContext().getTraceId()).isEqualTo(caller.traceId());
        assertThat(text(answer, "hubferry.migration")).isEqualTo(migration);
        SpanData turn = named(caller, "turn").stream()
                .filter(span -> "request".equals(text(span, "hubferry.cause"))
                        && !span.getLinks().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(turn.getLinks().getFirst().getSpanContext().getSpanId()).isEqualTo(answer.getSpanId());
    }

    @Test
    void beginsATraceForWhoBringsNoneAndNoneForWhoOnlyReads() {
        // When
        String migration = Client.request("alone");
        Client.awaitGate(migration, "approve-plan");
        // Then
        List<SpanData> requests = spans.all().stream()
                .filter(span -> migration.equals(text(span, "hubferry.migration")))
                .filter(span -> span.getName().startsWith("POST"))
                .toList();
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().getParentSpanContext().isValid()).isFalse();
        assertThat(spans.all().stream()
                        .filter(span -> !span.getParentSpanContext().isValid())
                        .map(SpanData::getName))
                .noneMatch(name -> name.startsWith("GET"));
        var unused = Client.abort(migration);
    }

    @Test
    void tellsNothingOfWhoAsksAndHow() {
        // When
        TraceParent caller = caller();
        Client.as(OrchestratorResource.VIEWER)
                .header("traceparent", caller.header())
                .get(MIGRATIONS + "?requestedBy=olga")
                .then()
                .statusCode(200);
        // Then
        SpanData request = await(caller, "GET /api/v1/migrations");
        assertThat(text(request, "url.query")).isEqualTo("-");
        assertThat(request.getAttributes().toString())
                .doesNotContain("olga", "127.0.0.1\"", OrchestratorResource.VIEWER, "Apache-HttpClient");
    }

    @Test
    void doesWithoutATraceThatNobodyKeeps() {
        // Given
        TraceParent unsampled = new TraceParent(caller().traceId(), caller().spanId(), false);
        // When
        String migration = request("unsampled", unsampled);
        Client.awaitGate(migration, "approve-plan");
        // Then
        assertThat(spans.of(unsampled.traceId())).isEmpty();
        assertThat(participants.tracesOf(migration).values()).isNotEmpty().noneMatch(TraceParent::sampled);
        var unused = Client.abort(migration);
    }

    private static TraceParent caller() {
        byte[] random = new byte[24];
        ThreadLocalRandom.current().nextBytes(random);
        random[0] |= 1;
        random[16] |= 1;
        return new TraceParent(
                HexFormat.of().formatHex(random, 0, 16), HexFormat.of().formatHex(random, 16, 24), true);
    }

    private static String request(String hub, TraceParent caller) {
        return Client.as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .header("traceparent", caller.header())
                .body(Client.spec(hub))
                .post(MIGRATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private SpanData await(TraceParent trace, String name) {
        return Await.value(
                "span " + name, SOON, () -> named(trace, name).stream().findFirst());
    }

    private List<SpanData> named(TraceParent trace, String name) {
        return spans.of(trace.traceId()).stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    /** What participants would tell of, and the caller's own span. */
    private Set<String> others(String migration, TraceParent caller) {
        Set<String> others = runs(migration);
        others.add(caller.spanId());
        return others;
    }

    private Set<String> runs(String migration) {
        return participants.tracesOf(migration).keySet().stream()
                .flatMap(command -> participants.runOf(command).stream())
                .map(TraceParent::spanId)
                .collect(toSet());
    }

    private static String text(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }
}
