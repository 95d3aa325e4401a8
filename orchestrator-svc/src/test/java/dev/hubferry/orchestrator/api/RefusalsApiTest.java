package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static dev.hubferry.orchestrator.api.Client.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is put down of requests that were refused before they came to a migration. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class RefusalsApiTest {
    private static final String NO_ROLE = "REFUSED: The token's role does not allow this: %s has role %s";
    private static final Map<String, String> WHY = Map.of("reason", "a try");

    @Inject
    TestClock clock;

    @Inject
    Transactions transactions;

    @Test
    void putsDownWhoLackedTheRoleOnceAnHour() {
        // Given
        String migration = Client.request("refused-role");

        // When
        for (int i = 0; i < 5; i++) {
            verb(OrchestratorResource.VIEWER, migration, "/abort").then().statusCode(403);
            verb(OrchestratorResource.VIEWER, migration, "/steps/any-" + i + "/skip")
                    .then()
                    .statusCode(403);
        }
        verb(OrchestratorResource.APPROVER, migration, "/abort").then().statusCode(403);
        verb(OrchestratorResource.OPERATOR, migration, "/approvals/approve-plan")
                .then()
                .statusCode(403);

        // Then
        JsonPath audit = Client.get(migration, "/audit");
        assertThat(audit.getBoolean("intact")).isTrue();
        assertThat(audit.getList("entries.action", String.class))
                .containsExactly("request", "abort", "skip", "abort", "answer");
        assertThat(audit.getList("entries.principal", String.class))
                .containsExactly("olga", "vera", "vera", "anna", "olga");
        assertThat(audit.getString("entries[1].outcome")).isEqualTo(NO_ROLE.formatted("vera", "viewer"));
        assertThat(audit.getString("entries[2].detail")).isEqualTo("migration " + migration + ", row any-0");

        // When an hour has passed, which is no time for the saga
        clock.advance(Duration.ofMinutes(61));
        verb(OrchestratorResource.VIEWER, migration, "/abort").then().statusCode(403);
        assertThat(Client.get(migration, "/audit").getList("entries")).hasSizeGreaterThan(5);
    }

    @Test
    void putsDownWhatCouldNotBeUnderstood() {
        // Given
        String migration = Client.request("refused-body");

        // When
        say(migration, "/pause", Map.of("raeson", "a typo")).then().statusCode(422);
        as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body("{")
                .post(MIGRATIONS + "/" + migration + "/abort")
                .then()
                .statusCode(400);
        say(migration, "/steps/seed-homes/retry", Map.of()).then().statusCode(409);

        // Then, and what the migration itself refused is there once
        JsonPath audit = Client.get(migration, "/audit");
        assertThat(audit.getBoolean("intact")).isTrue();
        assertThat(audit.getList("entries.action", String.class))
                .containsExactly("request", "pause", "abort", "retry seed-homes");
        assertThat(audit.getString("entries[1].outcome"))
                .startsWith("REFUSED: The body is not right: ")
                .contains("raeson");
        assertThat(audit.getString("entries[2].outcome")).startsWith("REFUSED: The body is no JSON: line 1");
    }

    @Test
    void putsDownRequestsForNewMigrationsWithTheReason() {
        // Given
        String first = Client.request("refused-new");
        int before = ofRequests().getList("entries").size();

        // When
        Client.post(Client.spec("refused-new")).then().statusCode(409);
        Client.post(Client.spec("refused-new")).then().statusCode(409);
        Client.post(Client.spec("wrong").replace("\"soak\"", "\"saok\"")).then().statusCode(422);
        as(OrchestratorResource.VIEWER)
                .contentType(ContentType.JSON)
                .body(Client.spec("by-vera"))
                .post(MIGRATIONS)
                .then()
                .statusCode(403);
        say("no-such-migration", "/abort", WHY).then().statusCode(404);
        say("another-one", "/abort", WHY).then().statusCode(404);

        // Then
        JsonPath audit = ofRequests();
        assertThat(audit.getBoolean("intact")).isTrue();
        List<Map<String, String>> entries = audit.getList("entries");
        List<Map<String, String>> ours = entries.subList(before, entries.size());
        assertThat(ours).hasSize(4);
        assertThat(ours.get(0)).contains(entry("principal", "olga"), entry("action", "request"));
        assertThat(ours.get(0).get("outcome"))
                .startsWith("REFUSED: Another migration has what this one needs: ")
                .contains(first);
        assertThat(ours.get(1).get("outcome")).contains("saok");
        assertThat(ours.get(2))
                .contains(entry("principal", "vera"), entry("outcome", NO_ROLE.formatted("vera", "viewer")));
        assertThat(ours.get(3))
                .contains(
                        entry("action", "abort"),
                        entry("detail", "migration no-such-migration"),
                        entry("outcome", "REFUSED: There is no such thing"));
    }

    @Test
    void putsDownNothingOfStrangersAndOfThoseWhoLook() {
        // Given
        String migration = Client.request("strangers");
        int before = ofRequests().getList("entries").size();

        // When
        verb("no-token-of-anybody", migration, "/abort").then().statusCode(401);
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(WHY)
                .post(MIGRATIONS + "/" + migration + "/abort")
                .then()
                .statusCode(401);
        as(OrchestratorResource.VIEWER).get(MIGRATIONS + "/nowhere").then().statusCode(404);
        as(OrchestratorResource.VIEWER).get(MIGRATIONS + "?limit=0").then().statusCode(400);

        // Then
        assertThat(Client.get(migration, "/audit").getList("entries")).hasSize(1);
        assertThat(ofRequests().getList("entries")).hasSize(before);
    }

    @Test
    void findsAChangedRefusal() {
        // Given
        say("no-such-migration", "/pause", WHY).then().statusCode(404);
        assertThat(ofRequests().getBoolean("intact")).isTrue();

        // When, Then
        execute(
                "update audit set principal = 'mallory' where migration_id = '*' and action = 'pause' and principal = 'olga'");
        assertThat(ofRequests().getBoolean("intact")).isFalse();
        execute("update audit set principal = 'olga' where migration_id = '*' and principal = 'mallory'");
        assertThat(ofRequests().getBoolean("intact")).isTrue();
    }

    private static JsonPath ofRequests() {
        return as(OrchestratorResource.VIEWER)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response verb(String token, String migration, String verb) {
        return as(token).contentType(ContentType.JSON).body(WHY).post(MIGRATIONS + "/" + migration + verb);
    }

    private void execute(String sql) {
        transactions.runInTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            }
        });
    }
}
