package dev.hubferry.orchestrator.api;

import static io.restassured.RestAssured.given;

import dev.hubferry.testbed.Await;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The API as its users call it. */
public final class Client {
    public static final String MIGRATIONS = "/api/v1/migrations";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private Client() {}

    public static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    /** A right spec for a hub of its own. */
    public static String spec(String hub) {
        return """
                {
                  "name": "%1$s to the new cluster",
                  "source": {"cluster": "old", "namespace": "%1$s"},
                  "target": {"cluster": "new", "namespace": "%1$s"},
                  "homes": {
                    "source": {"storage": "nfs-old", "path": "/export/homes/%1$s"},
                    "target": {"storage": "nfs-new", "path": "/export/homes/%1$s"}
                  },
                  "dns": {"zone": "example", "name": "%1$s.example.org", "cutoverTtl": "60s"},
                  "approvals": {"expiry": "1h"},
                  "soak": "0s"
                }
                """.formatted(hub);
    }

    public static Response plan(String hub) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(spec(hub))
                .post(MIGRATIONS + "?dryRun=true");
    }

    public static Response post(String spec) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(spec)
                .post(MIGRATIONS);
    }

    /** Requests a move; returns its id. */
    public static String request(String hub) {
        return post(spec(hub)).then().statusCode(201).extract().path("id");
    }

    public static Response answer(String migration, String gate, boolean approved) {
        return as(OrchestratorResource.APPROVER)
                .contentType(ContentType.JSON)
                .body(Map.of("approved", approved, "comment", "as scripted"))
                .post(MIGRATIONS + "/" + migration + "/approvals/" + gate);
    }

    /** An operator's word about a migration, such as {@code /pause}. */
    public static Response say(String migration, String verb, Map<String, String> body) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(body)
                .post(MIGRATIONS + "/" + migration + verb);
    }

    public static Response abort(String migration) {
        return as(OrchestratorResource.OPERATOR)
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "changed my mind"))
                .post(MIGRATIONS + "/" + migration + "/abort");
    }

    public static JsonPath get(String migration, String part) {
        return as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "/" + migration + part)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static void approve(String migration, String gate) {
        awaitGate(migration, gate);
        answer(migration, gate, true).then().statusCode(200);
    }

    public static void awaitGate(String migration, String gate) {
        var unused = await(migration, "gate " + gate, json -> gate.equals(json.getString("waitingFor.gate")));
    }

    public static JsonPath awaitState(String migration, String state) {
        return await(migration, "state " + state, json -> state.equals(json.getString("state")));
    }

    public static JsonPath await(String migration, String what, Predicate<JsonPath> condition) {
        return Await.value(what + " of " + migration, DEADLINE, () -> {
            Response response = as(OrchestratorResource.VIEWER).get(MIGRATIONS + "/" + migration);
            return Optional.of(response)
                    .filter(answer -> answer.statusCode() == 200)
                    .map(Response::jsonPath)
                    .filter(condition);
        });
    }
}
