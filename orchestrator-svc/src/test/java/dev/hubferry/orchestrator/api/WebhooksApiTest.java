package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.script.Receiver.Received;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a receiver hears of migrations, and what REST shows of it. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class WebhooksApiTest {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    TestClock clock;

    private ScriptedParticipants participants;
    private Receiver receiver;

    @BeforeEach
    void start() {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        participants = new ScriptedParticipants(servers, clock).start();
        receiver = listen();
    }

    @AfterEach
    void stop() {
        participants.close();
        receiver.close();
    }

    @Test
    void tellsOfMigrationsAndNotOfPlans() {
        // Given
        String plan = Client.plan("told-plan").then().statusCode(200).extract().path("id");

        // When
        String migration = Client.request("told");
        Client.awaitGate(migration, "approve-plan");
        Client.answer(migration, "approve-plan", false).then().statusCode(200);

        // Then
        await(migration, "hubferry.migration-requested.v1", "hubferry.migration-rolled-back.v1");
        List<Received> told = of(migration);
        assertThat(told).allMatch(received -> received.isSignedWith(Receiver.SECRET));
        assertThat(told.getFirst().id()).isEqualTo(migration + "/event/1");
        assertThat(told.getFirst().event().at("/data/spec/name").asText()).isEqualTo("told to the new cluster");
        assertThat(told.getFirst().event().path("source").asText()).isEqualTo("/hubferry/orchestrator-svc");
        assertThat(receiver.received()).noneMatch(received -> received.id().startsWith(plan));
        JsonPath shown = chat();
        assertThat(shown.getBoolean("configured")).isTrue();
        assertThat(shown.getString("host")).isEqualTo("127.0.0.1");
        assertThat(shown.getList("events")).containsExactly("hubferry.migration-*");
        assertThat(shown.getString("lastSuccessAt")).isNotBlank();
    }

    @Test
    void showsWhatWasNotTakenAndSendsItAgain() {
        try (LogTap log = LogTap.open()) {
            // Given a receiver that wants nothing, and says what it should not
            receiver.does((_, _) -> Receiver.answerWith(410, "gone, " + Receiver.SECRET + "!"));
            List<String> migrations = List.of(Client.request("dead-1"), Client.request("dead-2"));

            // Then it is shown
            Map<String, ?> dead = Await.value("a dead letter", SOON, () -> deadLetterOf(migrations.getFirst()));
            var unused = Await.value("another", SOON, () -> deadLetterOf(migrations.getLast()));
            assertThat(dead.get("type")).isEqualTo("hubferry.migration-requested.v1");
            assertThat(dead.get("sequence")).isEqualTo(1);
            assertThat(dead.get("attempts")).isEqualTo(1);
            assertThat(dead.get("reason")).isEqualTo("127.0.0.1 answered 410: gone, ***!");
            assertThat(dead.get("redelivering")).isEqualTo(false);
            assertThat(chat().getInt("deadLetters")).isGreaterThanOrEqualTo(2);
            assertThat(chat().getString("lastFailure.reason")).isEqualTo("127.0.0.1 answered 410: gone, ***!");
            assertPages();

            // When one, and then all are wanted after all
            receiver.answers(200);
            String path = WEBHOOKS + "/chat/dead-letters/" + dead.get("id") + "/redeliver";
            as(OrchestratorResource.VIEWER)
                    .contentType(ContentType.JSON)
                    .post(path)
                    .then()
                    .statusCode(403);
            as(OrchestratorResource.OPERATOR)
                    .contentType(ContentType.JSON)
                    .post(path)
                    .then()
                    .statusCode(200)
                    .body("redelivering", equalTo(1));
            await(migrations.getFirst(), "hubferry.migration-requested.v1", "hubferry.migration-requested.v1");
            Await.until(
                    "one less", SOON, () -> deadLetterOf(migrations.getFirst()).isEmpty());
            as(OrchestratorResource.OPERATOR)
                    .contentType(ContentType.JSON)
                    .post(path)
                    .then()
                    .statusCode(404)
                    .body("type", containsString("no-dead-letter"));
            as(OrchestratorResource.OPERATOR)
                    .contentType(ContentType.JSON)
                    .post(WEBHOOKS + "/chat/dead-letters/redeliver")
                    .then()
                    .statusCode(200);
            Await.until(
                    "none", SOON, () -> deadLetters("").getList("deadLetters").isEmpty());

            // Then it is known who did, and no secret was said
            assertThat(as(OrchestratorResource.VIEWER)
                            .get("/api/v1/audit")
                            .jsonPath()
                            .getList("entries.findAll { it.principal == 'olga' }.action", String.class))
                    .contains("redeliver webhook");
            assertThat(as(OrchestratorResource.VIEWER)
                            .get("/api/v1/audit")
                            .jsonPath()
                            .getBoolean("intact"))
                    .isTrue();
            assertThat(log.text())
                    .contains("goes to the dead letters of its webhook: webhook=chat, event=" + migrations.getFirst())
                    .doesNotContain(Receiver.SECRET)
                    .doesNotContain(Receiver.SECRET.substring("whsec_".length()));
        }
    }

    private void assertPages() {
        JsonPath first = deadLetters("?limit=1");
        assertThat(first.getList("deadLetters")).hasSize(1);
        JsonPath second = as(OrchestratorResource.VIEWER)
                .get(first.getString("next"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(second.getLong("deadLetters[0].id")).isGreaterThan(first.getLong("deadLetters[0].id"));
    }

    @Test
    void testsAReceiver() {
        // When it answers
        test().body("delivered", equalTo(true));
        Received received = receiver.received().stream()
                .filter(each -> each.id().startsWith("webhook/chat/test/"))
                .findFirst()
                .orElseThrow();
        assertThat(received.isSignedWith(Receiver.SECRET)).isTrue();
        assertThat(received.event().path("type").asText()).isEqualTo("hubferry.webhook-test.v1");
        assertThat(received.event().at("/data/webhook").asText()).isEqualTo("chat");

        // And when it does not
        receiver.answers(401);
        test().body("delivered", equalTo(false)).body("reason", equalTo("127.0.0.1 answered 401"));
        as(OrchestratorResource.VIEWER)
                .contentType(ContentType.JSON)
                .post(WEBHOOKS + "/chat/test")
                .then()
                .statusCode(403);
    }

    @Test
    void testsOneAtATime() throws Exception {
        // Given
        receiver.hangs();
        Thread first = Thread.ofVirtual().start(() -> test().body("delivered", equalTo(false)));
        Await.until(
                "a test",
                SOON,
                () -> receiver.received().stream().anyMatch(each -> each.id().startsWith("webhook/chat/test/")));

        // When
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .post(WEBHOOKS + "/chat/test")
                .then()
                .statusCode(409)
                .body("type", containsString("test-under-way"));

        // Then, when the first has an end
        receiver.close();
        first.join();
        receiver = listen();
        test().body("delivered", equalTo(true));
    }

    @Test
    void saysWhatIsWrong() {
        for (String path : List.of("/mail/dead-letters", "/mail/dead-letters?limit=5")) {
            as(OrchestratorResource.VIEWER)
                    .get(WEBHOOKS + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", containsString("no-webhook"))
                    .body("detail", containsString("mail"));
        }
        for (String path : List.of("/mail/test", "/mail/dead-letters/redeliver", "/mail/dead-letters/1/redeliver")) {
            as(OrchestratorResource.OPERATOR)
                    .contentType(ContentType.JSON)
                    .post(WEBHOOKS + path)
                    .then()
                    .statusCode(404)
                    .body("type", containsString("no-webhook"));
        }
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .post(WEBHOOKS + "/chat/dead-letters/x/redeliver")
                .then()
                .statusCode(404)
                .body("type", containsString("no-dead-letter"));
        for (String query : List.of("limit=0", "limit=201", "limit=many", "after=-1")) {
            as(OrchestratorResource.VIEWER)
                    .get(WEBHOOKS + "/chat/dead-letters?" + query)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString(query.split("=", -1)[0] + " must be a whole number"))
                    .body("detail", containsString("'" + query.split("=", -1)[1] + "'"));
        }
        RestAssured.get(WEBHOOKS).then().statusCode(401);
    }

    private static Receiver listen() {
        String url = ConfigProvider.getConfig().getValue("hubferry.webhooks.chat.url", String.class);
        return Receiver.on("127.0.0.1", URI.create(url).getPort());
    }

    private static io.restassured.response.ValidatableResponse test() {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .post(WEBHOOKS + "/chat/test")
                .then()
                .statusCode(200);
    }

    private List<Received> of(String migration) {
        return receiver.received().stream()
                .filter(received -> received.id().startsWith(migration + "/"))
                .toList();
    }

    private void await(String migration, String... types) {
        Await.until(
                "events of " + migration,
                SOON,
                () -> of(migration).stream()
                        .map(received -> received.event().path("type").asText())
                        .toList()
                        .equals(List.of(types)));
    }

    private static JsonPath chat() {
        JsonPath shown = as(OrchestratorResource.VIEWER)
                .get(WEBHOOKS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return shown.setRootPath("webhooks.find { it.name == 'chat' }");
    }

    /** On whatever page: other tests' migrations may be there too. */
    private static Optional<Map<String, ?>> deadLetterOf(String migration) {
        JsonPath page = deadLetters("?limit=200");
        while (true) {
            Map<String, ?> found = page.getMap("deadLetters.find { it.migration == '%s' }".formatted(migration));
            String next = page.getString("next");
            if (found != null || next == null) {
                return Optional.ofNullable(found);
            }
            page = as(OrchestratorResource.VIEWER).get(next).jsonPath();
        }
    }

    private static JsonPath deadLetters(String query) {
        return as(OrchestratorResource.VIEWER)
                .get(WEBHOOKS + "/chat/dead-letters" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
