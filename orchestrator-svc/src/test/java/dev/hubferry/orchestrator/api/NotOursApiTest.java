package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a migration that a newer replica has begun, on a definition and with a state of tomorrow. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class NotOursApiTest {
    private static final Map<String, String> REASON = Map.of("reason", "a storm");

    @Inject
    DataSource database;

    @AfterEach
    void bringBack() throws SQLException {
        execute(
                "delete from slot where migration_id in (select id from migration where definition = 'migrate-hub/99')");
        execute("update migration set definition = 'migrate-hub/5', state = state::jsonb ->> 'of tomorrow'"
                + " where definition = 'migrate-hub/99'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/steps", "/approvals", "/audit", "/report", "/events"})
    void isShownByANewerReplica(String part) throws SQLException {
        String migration = newer("shown" + part.replace('/', '-'));
        assertNotOurs(migration, as(OrchestratorResource.VIEWER).get(MIGRATIONS + "/" + migration + part));
    }

    @Test
    void isChangedByANewerReplicaWithNothingLost() throws SQLException {
        // Given
        String migration = newer("changed");

        // When, Then
        assertNotOurs(migration, pause(migration));
        assertNotOurs(migration, Client.abort(migration));
        assertNotOurs(migration, Client.answer(migration, "approve-plan", true));
        assertNotOurs(migration, Client.say(migration, "/resume", Map.of()));
        assertNotOurs(migration, Client.say(migration, "/steps/seed-homes/retry", Map.of()));
        assertNotOurs(migration, Client.say(migration, "/steps/seed-homes/skip", REASON));
        assertNotOurs(
                migration, Client.say(migration, "/priority", Map.of("priority", "HIGH", "reason", "the dean waits")));

        // And the same request, under the same key, is one for who knows the definition
        bringBack();
        pause(migration).then().statusCode(200).body("pause.reason", equalTo("a storm"));
        assertThat(Client.get(migration, "/audit").getList("entries.action", String.class))
                .containsExactly("request", "pause");
    }

    @Test
    void isNotBegunTwiceByAnOlderReplica() throws SQLException {
        // Given
        String migration = request("once").then().statusCode(201).extract().path("id");
        beNewer(migration);

        // Then
        assertNotOurs(migration, request("once"));
        bringBack();
        request("once").then().statusCode(201).body("id", equalTo(migration));
    }

    @Test
    void isListedAmongTheOthersAsFarAsItIsKnown() throws SQLException {
        // Given
        String before = Client.request("listed-before");
        String migration = newer("listed");
        String after = Client.request("listed-after");

        // When
        JsonPath page =
                as(OrchestratorResource.VIEWER).get(MIGRATIONS + "?limit=2").jsonPath();
        JsonPath next =
                as(OrchestratorResource.VIEWER).get(page.getString("next")).jsonPath();

        // Then
        assertThat(page.getList("migrations.id")).isEqualTo(List.of(after, migration));
        assertThat(page.getString("migrations[0].phase")).isEqualTo("prepare");
        assertThat(page.getMap("migrations[1]"))
                .containsEntry("name", "listed to the new cluster")
                .containsEntry("definition", "migrate-hub/99")
                .containsEntry("state", "RUNNING")
                .containsKeys("requestedAt", "remark", "links")
                .doesNotContainKey("phase");
        assertThat(next.getString("migrations[0].id")).isEqualTo(before);
    }

    @Test
    void standsInTheQueue() throws SQLException {
        // Given
        String migration = newer("queued");
        for (String slot : List.of("seed/nfs-narrow", "moon/far-side")) {
            execute("insert into slot values ('%s', 'seed-homes', '%s', 'WAITING', 'NORMAL', now())"
                    .formatted(migration, slot));
        }

        // Then
        as(OrchestratorResource.VIEWER)
                .get("/api/v1/queue")
                .then()
                .statusCode(200)
                .body(
                        "resources.find { it.resource == 'seed/nfs-narrow' }.waiting.migration",
                        equalTo(List.of(migration)))
                .body("resources.resource", hasItem("seed/nfs-old"));
    }

    @Test
    void isNamedWhenItHoldsWhatAnotherNeeds() throws SQLException {
        String migration = newer("held");
        Client.post(Client.spec("held"))
                .then()
                .statusCode(409)
                .body("migrations", equalTo(List.of(migration)))
                .body("remedy", allOf(containsString("RUNNING"), containsString("migrate-hub/99")));
    }

    private static void assertNotOurs(String migration, Response response) {
        response.then()
                .statusCode(503)
                .header("Retry-After", "1")
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:definition-unknown"))
                .body("detail", allOf(containsString(migration), containsString("migrate-hub/99")))
                .body("remedy", containsString("another replica"));
    }

    private static Response request(String hub) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "request-" + hub)
                .body(Client.spec(hub))
                .post(MIGRATIONS);
    }

    private static Response pause(String migration) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "pause-" + migration)
                .body(REASON)
                .post(MIGRATIONS + "/" + migration + "/pause");
    }

    private String newer(String hub) throws SQLException {
        String migration = Client.request(hub);
        beNewer(migration);
        return migration;
    }

    private void beNewer(String migration) throws SQLException {
        execute(
                "update migration set definition = 'migrate-hub/99', state = jsonb_build_object('of tomorrow', state)::text"
                        + " where id = '" + migration + "'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
