package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What a caller may ask of a replica, with limits that a test can meet. */
@QuarkusTest
@TestProfile(RatesApiTest.Narrow.class)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class RatesApiTest {
    /** So few a minute that none comes back while a test runs. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "hubferry.rates.reads.burst", "500",
                    "hubferry.rates.reads.per-minute", "1",
                    "hubferry.rates.changes.burst", "5",
                    "hubferry.rates.changes.per-minute", "1",
                    "hubferry.rates.guesses.burst", "3",
                    "hubferry.rates.guesses.per-minute", "1",
                    "hubferry.rates.streams", "1",
                    "quarkus.http.proxy.proxy-address-forwarding", "true");
        }
    }

    @Test
    void limitsWhatEachCallerAsksReadsApartFromChanges() {
        // Given
        for (int i = 0; i < 5; i++) {
            Client.request("rate-" + i);
        }

        // Then
        tooMany(Client.post(Client.spec("rate-6")), "too-many-calls")
                .body("detail", containsString("olga has made more calls that may change something"));
        as(OrchestratorResource.OPERATOR)
                .get(MIGRATIONS + "?namespace=rate-6")
                .then()
                .statusCode(200)
                .body("migrations.size()", equalTo(0));
        Client.answer("nobody", "approve-plan", true).then().statusCode(404);

        // And reads by themselves, whatever the answer is
        for (int i = 0; i < 500; i++) {
            as(OrchestratorResource.APPROVER).get(MIGRATIONS + "/nobody").then().statusCode(404);
        }
        tooMany(as(OrchestratorResource.APPROVER).get(MIGRATIONS), "too-many-calls")
                .body("detail", containsString("anna has made more calls that read"));
        as(OrchestratorResource.OPERATOR).get(MIGRATIONS).then().statusCode(200);
        Client.answer("nobody", "approve-plan", true).then().statusCode(404);
    }

    @Test
    void slowsGuessesOfTokensByAddress() {
        // Given
        for (int i = 0; i < 3; i++) {
            from("192.0.2.7", "guess-" + i).then().statusCode(401);
        }

        // Then not even a right one is told
        tooMany(from("192.0.2.7", "guess-4"), "too-many-guesses");
        tooMany(from("192.0.2.7", OrchestratorResource.BOSS), "too-many-guesses");
        from("192.0.2.8", OrchestratorResource.BOSS).then().statusCode(200);
        from("192.0.2.8", "guess").then().statusCode(401);
        for (int i = 0; i < 10; i++) {
            RestAssured.given()
                    .header("X-Forwarded-For", "192.0.2.7")
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void slowsGuessesOnThePageToo() {
        // Given
        for (int i = 0; i < 2; i++) {
            visit("192.0.2.17", "guess-" + i).then().statusCode(303);
        }
        String csrf = RestAssured.given()
                .header("X-Forwarded-For", "192.0.2.17")
                .get("/ui/sign-in")
                .then()
                .statusCode(200)
                .extract()
                .cookie("hubferry_csrf");
        RestAssured.given()
                .header("X-Forwarded-For", "192.0.2.17")
                .header("Sec-Fetch-Site", "same-origin")
                .cookie("hubferry_csrf", csrf)
                .contentType("application/x-www-form-urlencoded")
                .formParam("csrf", csrf)
                .formParam("token", "guess-3")
                .post("/ui/sign-in")
                .then()
                .statusCode(401);

        // Then
        visit("192.0.2.17", OrchestratorResource.BOSS)
                .then()
                .statusCode(429)
                .contentType("text/html")
                .body(containsString("There were too many calls without a valid token"));
        tooMany(from("192.0.2.17", OrchestratorResource.BOSS), "too-many-guesses");
        visit("192.0.2.18", OrchestratorResource.BOSS).then().statusCode(200);
    }

    private static Response visit(String address, String token) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .header("X-Forwarded-For", address)
                .cookie("hubferry_token", token)
                .get("/ui/migrations");
    }

    @Test
    void countsNoRightTokenAsAGuess() {
        for (int i = 0; i < 5; i++) {
            from("192.0.2.9", OrchestratorResource.BOSS).then().statusCode(200);
        }
    }

    @Test
    void limitsTheStreamsThatACallerHoldsOpen() {
        // Given
        String migration = as(OrchestratorResource.BOSS)
                .contentType("application/json")
                .body(Client.spec("rate-stream"))
                .post(MIGRATIONS)
                .path("id");
        String events = MIGRATIONS + "/" + migration + "/events";
        try (EventsClient client = new EventsClient(migration, 0)) {
            Await.until(
                    "an event", Duration.ofMinutes(1), () -> !client.events().isEmpty());

            // Then
            tooMany(as(OrchestratorResource.VIEWER).get(events), "too-many-streams")
                    .body("detail", equalTo("vera has 1 event streams open, as many as hubferry.rates.streams allows"));
        }

        // And again when the first is closed by its client
        Await.until("the place of the stream", Duration.ofMinutes(1), () -> opens(migration));
    }

    @Test
    void refusesWhoAsksTooMuchByEventAndServesTheOthers() {
        // Given
        var config = ConfigProvider.getConfig();
        Path keys = Path.of(config.getValue(OrchestratorResource.KEYS, String.class));
        Signer flood = Signer.ed25519(keys, "flood");
        Signer ops = Signer.ed25519(keys, "ops");
        try (RequestsMail mail = new RequestsMail(config.getValue("kafka.bootstrap.servers", String.class))) {
            for (int i = 0; i < 5; i++) {
                assertThat(mail.ask(flood, Signer.claims("flood-" + i, "nothing"))
                                .problem())
                        .isEqualTo("invalid");
            }

            // Then
            assertThat(mail.ask(flood, Signer.claims("flood-5", "nothing")).problem())
                    .isEqualTo("too-many-calls");
            assertThat(mail.ask(ops, Signer.claims("no-flood", "nothing")).problem())
                    .isEqualTo("invalid");
        }
    }

    private static boolean opens(String migration) {
        try (EventsClient client = new EventsClient(migration, 0)) {
            Await.until("an answer", Duration.ofMinutes(1), () -> client.status() != 0);
            return client.status() == 200;
        }
    }

    private static ValidatableResponse tooMany(Response response, String type) {
        assertThat(Integer.parseInt(response.header("Retry-After"))).isBetween(1, 60);
        return response.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:" + type));
    }

    private static Response from(String address, String token) {
        return as(token).header("X-Forwarded-For", address).get("/api/v1/queue");
    }
}
