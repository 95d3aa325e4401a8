package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** No token file, and an issuer that is not there when the service starts. */
@QuarkusTest
@TestProfile(OidcProfile.OneRefetch.class)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(
        value = OrchestratorResource.class,
        initArgs = @ResourceArg(name = OrchestratorResource.NO_FILE, value = "true"))
class OidcOnlyApiTest {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Inject
    TestClock clock;

    @Test
    void bearsAnIssuerThatComesAndGoes() {
        try (LocalIssuer issuer =
                new LocalIssuer(ConfigProvider.getConfig().getValue(OidcProfile.ISSUER, String.class))) {
            String token = issuer.token("vera").groups(OidcProfile.LOOKERS).signed();

            // While it is down from the start, the service is ready, and says what is wrong
            RestAssured.get("/q/health/ready").then().statusCode(200);
            unavailable(token);
            as("of-no-file").get(MIGRATIONS).then().statusCode(401);
            RestAssured.get(MIGRATIONS)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", equalTo("Bearer realm=\"hubferry\""));

            // It comes up
            issuer.up();
            clock.advance(PAUSE);
            as(token).get(MIGRATIONS).then().statusCode(200);
            as(issuer.token("nobody").signed())
                    .get(MIGRATIONS)
                    .then()
                    .statusCode(403)
                    .body("detail", startsWith("sso:"));

            // Down again: known keys are good, with an unknown one nobody can say
            issuer.down();
            as(token).get(MIGRATIONS).then().statusCode(200);
            issuer.rotate("key-2");
            String next = issuer.token("vera").groups(OidcProfile.LOOKERS).signed();
            unavailable(next);
            as(token).get(MIGRATIONS).then().statusCode(200);

            // Unknown keys in any number do not make it ask again before the time
            issuer.up();
            int asked = issuer.keysAsked();
            for (int i = 0; i < 20; i++) {
                as(next).get(MIGRATIONS).then().statusCode(401).body("detail", containsString("a key that"));
            }
            assertThat(issuer.keysAsked()).isEqualTo(asked);
        }
    }

    private static void unavailable(String token) {
        as(token)
                .get(MIGRATIONS)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("urn:hubferry:problem:issuer-unavailable"));
    }
}
