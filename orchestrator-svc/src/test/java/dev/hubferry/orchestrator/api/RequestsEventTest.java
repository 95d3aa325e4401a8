package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.Topics;
import dev.hubferry.orchestrator.api.RequestsMail.Answer;
import dev.hubferry.orchestrator.script.DeadLetterBox;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that REST does for a migration, asked for and answered by events. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class RequestsEventTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> WHY = Map.of("reason", "because");
    private static final String MIGRATION = "hubferry.request-migration.v1";

    @Inject
    TestClock clock;

    private final String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    private final Path keys = Path.of(ConfigProvider.getConfig().getValue(OrchestratorResource.KEYS, String.class));
    private final Signer ops = Signer.ed25519(keys, "ops");
    private final Signer lead = Signer.ed25519(keys, "lead");
    private final Signer ci = Signer.p256(keys, "ci");
    private final RequestsMail mail = new RequestsMail(servers);

    @Inject
    SpanTap spans;

    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    /** All that was answered so far, by whatever test. */
    @AfterAll
    void answeredAsTheContractSays() throws IOException {
        assertThat(new PublicContract(servers).violations(Topics.ANSWERS)).isEmpty();
    }

    @AfterAll
    void stop() {
        participants.close();
        mail.close();
    }

    @Test
    void movesAHub() {
        // When it is planned
        Answer accepted = mail.ask(ops, with(claims("move-1", "hubferry.request-plan.v1"), "data", spec("by-event")));
        assertThat(accepted.type()).isEqualTo("hubferry.request-accepted.v1");
        assertThat(accepted.headers())
                .containsEntry("ce_causationid", "move-1")
                .containsEntry("ce_source", "/hubferry/orchestrator-svc");
        Answer ready = mail.await("move-1", 2).getLast();
        assertThat(ready.type()).isEqualTo("hubferry.plan-ready.v1");
        assertThat(ready.body().path("plan")).isEqualTo(accepted.body().path("migration"));
        assertThat(ready.body().at("/result/verdict").asText()).isEqualTo("READY");

        // And requested, in YAML, and approved
        Answer requested = mail.ask(ci, with(claims("move-2", MIGRATION), "data", Client.spec("by-event")));
        String migration = requested.body().path("migration").asText();
        assertThat(requested.type()).isEqualTo("hubferry.request-accepted.v1");
        assertThat(requested.key()).isEqualTo(migration);
        assertThat(requested.body().at("/result/requestedBy").asText()).isEqualTo("key:ci");
        for (String gate : List.of("approve-plan", "approve-downtime", "approve-cleanup")) {
            Client.awaitGate(migration, gate);
            Answer answered = mail.ask(lead, answer("move-" + gate, migration, gate));
            assertThat(answered.type()).as(gate).isEqualTo("hubferry.request-accepted.v1");
        }

        // Then
        Client.awaitState(migration, "COMPLETED");
        assertThat(Client.get(migration, "/audit").getList("entries.principal", String.class))
                .containsExactly("key:ci", "key:lead", "key:lead", "key:lead");
    }

    @Test
    void goesOnWithTheTraceOfWhoAsks() {
        // When
        String trace = "5bf92f3577b34da6a3ce929d0e0e4737";
        mail.send(
                "traced-1",
                ops.sign(with(claims("traced-1", MIGRATION), "data", spec("traced-by-event"))),
                "00-" + trace + "-00f067aa0ba902b7-01");
        String migration = mail.await("traced-1").body().path("migration").asText();
        Client.awaitGate(migration, "approve-plan");
        // Then
        SpanData heard = Await.value(
                "the request",
                SOON,
                () -> spans.of(trace).stream()
                        .filter(span -> span.getName().equals("hear " + Topics.REQUESTS))
                        .findFirst());
        assertThat(heard.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(spans.of(trace))
                .filteredOn(span -> span.getName().startsWith("step "))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.getParentSpanId()).isEqualTo(heard.getSpanId()));
        assertThat(participants.tracesOf(migration).values())
                .isNotEmpty()
                .allSatisfy(place -> assertThat(place.traceId()).isEqualTo(trace));
        var unused = Client.abort(migration);
    }

    @Test
    void takesEveryWordThatRestTakes() {
        participants.hold("seed-homes");
        String migration = requested("words");
        Client.approve(migration, "approve-plan");
        Await.until("the seed", SOON, () -> participants.holds("seed-homes"));

        assertThat(say("words-pause", "hubferry.pause-migration.v1", migration, Map.of("data", WHY))
                        .body()
                        .at("/result/pause/by")
                        .asText())
                .isEqualTo("key:ops");
        assertThat(say("words-resume", "hubferry.resume-migration.v1", migration, Map.of())
                        .body()
                        .at("/result/pause")
                        .isMissingNode())
                .isTrue();
        assertThat(say(
                                "words-priority",
                                "hubferry.set-priority.v1",
                                migration,
                                Map.of("data", Map.of("priority", "HIGH", "reason", "urgent")))
                        .body()
                        .at("/result/priority")
                        .asText())
                .isEqualTo("HIGH");
        assertThat(say("words-retry", "hubferry.retry-step.v1", migration, Map.of("row", "seed-homes"))
                        .problem())
                .isEqualTo("nothing-failed");
        assertThat(say("words-skip", "hubferry.skip-step.v1", migration, Map.of("row", "seed-homes", "data", WHY))
                        .problem())
                .isEqualTo("not-skippable");
        assertThat(say("words-abort", "hubferry.abort-migration.v1", migration, Map.of("data", WHY))
                        .type())
                .isEqualTo("hubferry.request-accepted.v1");
        Client.awaitState(migration, "ROLLED_BACK");
        assertThat(Client.get(migration, "/audit").getList("entries.outcome", String.class))
                .anyMatch(outcome -> outcome.startsWith("REFUSED: "));
    }

    @Test
    void retriesWhatSomebodyHasPutRight() {
        participants.fail("hold-target", Direction.DO, ErrorCode.PERMISSION_MISSING);
        String migration = requested("retried");
        Client.approve(migration, "approve-plan");
        Client.awaitState(migration, "PARKED");
        participants.reset();
        assertThat(say("retried-1", "hubferry.retry-step.v1", migration, Map.of("row", "hold-target"))
                        .body()
                        .at("/result/state")
                        .asText())
                .isEqualTo("RUNNING");
        Client.awaitGate(migration, "approve-downtime");
    }

    @Test
    void answersWhatComesAgainAsTheFirstTime() {
        // Given
        String signed = ops.sign(with(claims("again-1", MIGRATION), "data", spec("again")));
        mail.send("again", signed);
        String migration = mail.await("again-1").body().path("migration").asText();
        Client.awaitGate(migration, "approve-plan");
        String early = lead.sign(answer("again-early", migration, "approve-downtime"));
        mail.send("again", early);
        assertThat(mail.await("again-early").problem()).isEqualTo("gate-not-waiting");
        Client.approve(migration, "approve-plan");
        Client.awaitGate(migration, "approve-downtime");

        // When somebody who reads the topic sends both again, and what was refused would be possible now
        mail.send("again", signed);
        mail.send("again", early);

        // Then
        for (String request : List.of("again-1", "again-early")) {
            List<Answer> answers = mail.await(request, 2);
            assertThat(answers).hasSize(2);
            assertThat(answers.getLast()).isEqualTo(answers.getFirst());
        }
        assertThat(Client.get(migration, "").getString("waitingFor.gate")).isEqualTo("approve-downtime");
        assertThat(Client.as(OrchestratorResource.VIEWER)
                        .get(Client.MIGRATIONS + "?name=again")
                        .jsonPath()
                        .getList("migrations"))
                .hasSize(1);
    }

    @Test
    void saysInTheProblemWhatIsWrong() {
        Map<String, Object> over = claims("wrong-over", MIGRATION, -600, -300);
        Map<String, Object> early = claims("wrong-early", MIGRATION, 600, 900);
        Map<String, Object> lasting = claims("wrong-long", MIGRATION, 0, 7_200);
        for (Map<String, Object> claims : List.of(over, early, lasting)) {
            Answer answer = mail.ask(ops, with(claims, "data", spec("wrong")));
            assertThat(answer.type()).isEqualTo("hubferry.request-refused.v1");
            assertThat(answer.problem()).isEqualTo("not-of-now");
        }
        assertThat(mail.ask(ops, claims("wrong-type", "hubferry.request-migraton.v1"))
                        .body()
                        .at("/problem/errors/0/pointer")
                        .asText())
                .isEqualTo("#/type");
        JsonNode unknown = mail.ask(ops, with(with(claims("wrong-field", MIGRATION), "dta", 1), "data", spec("wrong")))
                .body();
        assertThat(unknown.at("/problem/errors/0/remedy").asText()).isEqualTo("did you mean 'data'?");
        JsonNode spec = mail.ask(ops, with(claims("wrong-spec", MIGRATION), "data", Map.of("nme", "x")))
                .body();
        assertThat(spec.at("/problem/status").asInt()).isEqualTo(422);
        assertThat(spec.at("/problem/errors")).hasSizeGreaterThan(3);
        JsonNode yaml = mail.ask(ops, with(claims("wrong-yaml", MIGRATION), "data", "name: [a\nb: c"))
                .body();
        assertThat(yaml.at("/problem/type").asText()).endsWith("malformed-yaml");
        assertThat(yaml.at("/problem/detail").asText()).contains("line 2");
        assertThat(say("wrong-migration", "hubferry.pause-migration.v1", "nobody-there", Map.of("data", WHY))
                        .problem())
                .isEqualTo("not-found");
        assertThat(say("wrong-id", "hubferry.pause-migration.v1", "No Body", Map.of("data", WHY))
                        .problem())
                .isEqualTo("not-found");
        assertThat(mail.ask(ops, with(claims("wrong-size", MIGRATION), "data", "x".repeat(300_000)))
                        .problem())
                .isEqualTo("too-large");
        for (Signer signer : List.of(lead, Signer.ed25519(keys, "look"))) {
            JsonNode role = mail.ask(
                            signer, with(claims("wrong-role-" + signer.kid(), MIGRATION), "data", spec("wrong")))
                    .body();
            assertThat(role.at("/problem/type").asText()).endsWith("forbidden");
            assertThat(role.at("/problem/remedy").asText()).contains("operator");
        }
        assertThat(mail.ask(ops, answer("wrong-gate-role", "nobody-there", "approve-plan"))
                        .problem())
                .isEqualTo("forbidden");
        assertThat(Client.as(OrchestratorResource.VIEWER)
                        .get("/api/v1/audit")
                        .jsonPath()
                        .getList("entries.principal", String.class))
                .contains("key:ops", "key:look");
    }

    @Test
    void keepsFourEyesAlsoFromKeys() {
        String wants = Client.spec("eyes").replace("{\"expiry\": \"1h\"}", "{\"expiry\": \"1h\", \"fourEyes\": true}");
        String migration = mail.ask(ci, with(claims("eyes-1", MIGRATION), "data", wants))
                .body()
                .path("migration")
                .asText();
        Client.awaitGate(migration, "approve-plan");
        assertThat(mail.ask(ci, answer("eyes-2", migration, "approve-plan")).problem())
                .isEqualTo("four-eyes");
        assertThat(mail.ask(lead, answer("eyes-3", migration, "approve-plan")).type())
                .isEqualTo("hubferry.request-accepted.v1");
    }

    @Test
    void answersNobodyWhomItDoesNotKnow() throws Exception {
        Map<String, Object> claims = with(claims("spurious", MIGRATION), "data", spec("spurious"));
        byte[] payload = Signer.json(claims);
        String good = ops.sign(claims);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        String forged = new Signer("ops", lead.key(), lead.algorithm(), lead.signature()).sign(claims);
        String none = base64(Map.of("alg", "none", "kid", "ops")) + "." + good.split("\\.", -1)[1] + ".";
        String hmac = hmac(Map.of("alg", "HS256", "kid", "ops"), payload, Files.readAllBytes(keys.resolve("ops.pub")));
        Map<String, String> letters = Map.of(
                "no-jws",
                "{\"jti\": \"spurious\"}",
                "unsigned",
                unsigned,
                "forged",
                forged,
                "none",
                none,
                "none-signed",
                none + "AA",
                "hmac",
                hmac,
                "no-kid",
                ops.sign(Map.of("alg", "EdDSA"), payload),
                "unknown-kid",
                ops.sign(Map.of("alg", "EdDSA", "kid", "nobody"), payload),
                "no-json",
                ops.sign(Map.of("alg", "EdDSA", "kid", "ops"), "{\"jti\": ".getBytes(UTF_8)),
                "no-jti",
                ops.sign(Map.of("type", MIGRATION)));

        // When
        letters.forEach((key, value) -> mail.send("spurious-" + key, value));

        // Then each is among the dead letters with a reason, and nobody was answered
        Map<String, String> reasons = Map.of(
                "no-jws", "no compact JWS",
                "unsigned", "no compact JWS",
                "forged", "the signature is none of key:ops",
                "none", "no compact JWS",
                "none-signed", "the alg of key:ops is EdDSA",
                "hmac", "the alg of key:ops is EdDSA",
                "no-kid", "no kid",
                "unknown-kid", "no requester is called nobody",
                "no-json", "what key:ops signed cannot be read",
                "no-jti", "no jti");
        reasons.forEach((key, reason) -> Await.until(key, SOON, () -> {
            List<Map<String, String>> found = DeadLetterBox.of("spurious-" + key, servers);
            return found.size() == 1
                    && found.getFirst().getOrDefault("dead_letter_reason", "").contains(reason);
        }));
        assertThat(mail.answersTo("spurious")).isEmpty();

        // And the same id for another request of the same requester is not answered twice
        mail.ask(ops, with(claims("spurious-reused", MIGRATION), "data", Map.of()));
        mail.send("spurious-reused", ops.sign(with(claims("spurious-reused", MIGRATION), "data", spec("reused"))));
        Await.until(
                "the letter",
                SOON,
                () -> !DeadLetterBox.of("spurious-reused", servers).isEmpty());
        assertThat(mail.answersTo("spurious-reused")).hasSize(1);
    }

    private String requested(String hub) {
        return mail.ask(ops, with(claims(hub + "-requested", MIGRATION), "data", spec(hub)))
                .body()
                .path("migration")
                .asText();
    }

    private Answer say(String id, String type, String migration, Map<String, Object> more) {
        Map<String, Object> claims = with(claims(id, type), "migration", migration);
        claims.putAll(more);
        return mail.ask(ops, claims);
    }

    private Map<String, Object> answer(String id, String migration, String gate) {
        return with(
                with(with(claims(id, "hubferry.answer-gate.v1"), "migration", migration), "row", gate),
                "data",
                Map.of("approved", true));
    }

    private Map<String, Object> claims(String id, String type) {
        return claims(id, type, 0, 300);
    }

    /** By the clock of the service under test, in seconds from now. */
    private Map<String, Object> claims(String id, String type, long signed, long over) {
        Map<String, Object> claims = Signer.claims(id, type);
        long now = clock.instant().getEpochSecond();
        claims.put("iat", now + signed);
        claims.put("exp", now + over);
        return claims;
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        claims.put(name, value);
        return claims;
    }

    private static Object spec(String hub) {
        try {
            return JSON.readTree(Client.spec(hub));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(Object json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Signer.json(json));
    }

    private static String hmac(Map<String, Object> header, byte[] payload, byte[] secret) throws Exception {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String input = base64(header) + "." + encoder.encodeToString(payload);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return input + "." + encoder.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
    }
}
