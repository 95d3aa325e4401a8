package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static dev.hubferry.orchestrator.api.OidcProfile.APPROVERS;
import static dev.hubferry.orchestrator.api.OidcProfile.LOOKERS;
import static dev.hubferry.orchestrator.api.OidcProfile.OPERATORS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People with tokens of an issuer, beside those of the token file. */
@QuarkusTest
@TestProfile(OidcProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class OidcApiTest {
    private static final String OLGA = "olga";

    @Inject
    TestClock clock;

    private ScriptedParticipants participants;
    private LocalIssuer issuer;

    @BeforeEach
    void startWorld() {
        if (participants == null) {
            String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
            participants = new ScriptedParticipants(servers, clock).start();
        }
        if (issuer == null) {
            issuer = new LocalIssuer(ConfigProvider.getConfig().getValue(OidcProfile.ISSUER, String.class)).up();
        }
        participants.reset();
    }

    @AfterAll
    void stopWorld() {
        participants.close();
        issuer.close();
    }

    @Test
    void letsPeopleDoWhatTheirGroupsMay() {
        // Given
        String viewer = issuer.token("vera").groups(LOOKERS, "unknown").signed();
        String operator = issuer.token(OLGA).groups(OPERATORS).signed();
        String approver = issuer.token("anna").groups(APPROVERS).signed();

        // When, Then
        as(viewer).get(MIGRATIONS).then().statusCode(200);
        request(viewer, "by-viewer").then().statusCode(403);
        String migration =
                request(operator, "by-people").then().statusCode(201).extract().path("id");
        Client.awaitGate(migration, "approve-plan");
        approve(operator, migration).then().statusCode(403);
        approve(approver, migration).then().statusCode(200);
        assertThat(Client.get(migration, "/audit").getList("entries.principal", String.class))
                .contains(name(OLGA), name("anna"));
    }

    @Test
    void takesTokensOfTheFileBeside() {
        as(OrchestratorResource.VIEWER).get(MIGRATIONS).then().statusCode(200);
        refused("no-such-token").body("detail", equalTo("the token is not in the token file"));
    }

    @Test
    void saysWhichRoleIsNeeded() {
        String nothing = issuer.token("nobody").groups("unknown").signed();
        as(nothing)
                .get(MIGRATIONS)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:forbidden"))
                .body("detail", equalTo(name("nobody") + " has no role: none of its groups has one"))
                .body("remedy", equalTo("use a token with role approver or operator or viewer"));
        request(issuer.token("vera").groups(LOOKERS).signed(), "needs-operator")
                .then()
                .statusCode(403)
                .body("detail", equalTo(name("vera") + " has role viewer"))
                .body("remedy", equalTo("use a token with role operator"));
    }

    @Test
    void refusesWhoseGroupsAreMissing() {
        as(issuer.token("nobody").signed()).get(MIGRATIONS).then().statusCode(403);
        as(issuer.token("nobody").with("realm_access", "roles").signed())
                .get(MIGRATIONS)
                .then()
                .statusCode(403);
    }

    @Test
    void refusesAnExpiredToken() {
        refused(good().at("exp", Duration.ofSeconds(-40)).signed()).body("detail", equalTo("the token has expired"));
    }

    @Test
    void letsPeopleOnThePageUntilTheirTokenExpires() {
        // Given
        String good = good().groups(LOOKERS).signed();
        String csrf =
                RestAssured.get("/ui/sign-in").then().statusCode(200).extract().cookie("hubferry_csrf");

        // When
        String cookie = RestAssured.given()
                .redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .cookie("hubferry_csrf", csrf)
                .contentType("application/x-www-form-urlencoded")
                .formParam("csrf", csrf)
                .formParam("token", good)
                .post("/ui/sign-in")
                .then()
                .statusCode(303)
                .extract()
                .cookie("hubferry_token");

        // Then
        assertThat(cookie).isEqualTo(good);
        page(good).then().statusCode(200).body(containsString(name("vera")));
        page(good().at("exp", Duration.ofSeconds(-40)).signed())
                .then()
                .statusCode(303)
                .header("Location", equalTo("/ui/sign-in?to=%2Fui%2Fmigrations&why=EXPIRED"))
                .header("Set-Cookie", containsString("hubferry_token=; Max-Age=0"));
        RestAssured.get("/ui/sign-in?to=%2Fui%2Fmigrations&why=EXPIRED")
                .then()
                .body(containsString("Your token has expired."));
    }

    @Test
    void endsAStreamWhenTheTokenOfItsReaderExpires() {
        // Given a migration that waits at its gate, and one reader whose token ends before that of the other
        String migration = request(good().groups(OPERATORS).signed(), "outlives-a-token")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Client.awaitGate(migration, "approve-plan");
        // The clocks may differ by 30 s.
        String brief = good().groups(LOOKERS).at("exp", Duration.ofSeconds(-20)).signed();
        try (EventsClient longer =
                        new EventsClient(migration, 0, good().groups(LOOKERS).signed());
                EventsClient shorter = new EventsClient(migration, 0, brief)) {
            // When
            Await.until(
                    "both have events",
                    Duration.ofSeconds(20),
                    () -> !longer.events().isEmpty() && !shorter.events().isEmpty());
            Await.until("the stream of the expired token has ended", Duration.ofSeconds(20), shorter::hasEnded);

            // Then
            assertThat(longer.hasEnded()).isFalse();
            assertThat(shorter.names()).isEqualTo(longer.names());
        }
        refused(brief).body("detail", equalTo("the token has expired"));
    }

    private static Response page(String token) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .cookie("hubferry_token", token)
                .get("/ui/migrations");
    }

    @Test
    void bearsClocksThatDifferALittle() {
        as(good().at("exp", Duration.ofSeconds(-10)).signed())
                .get(MIGRATIONS)
                .then()
                .statusCode(200);
        as(good().at("nbf", Duration.ofSeconds(10)).signed())
                .get(MIGRATIONS)
                .then()
                .statusCode(200);
    }

    @Test
    void refusesATokenThatIsNotValidYet() {
        refused(good().at("nbf", Duration.ofSeconds(60)).signed())
                .body("detail", equalTo("the token is not valid yet"));
    }

    @Test
    void refusesATokenOfAnotherIssuer() {
        refused(good().with("iss", "https://sso.example.org/realms/hubs").signed())
                .body("detail", containsString("another issuer"));
        refused(good().without("iss").signed()).body("detail", containsString("another issuer"));
    }

    @Test
    void refusesATokenForAnotherAudience() {
        refused(good().with("aud", "account").signed()).body("detail", containsString("another audience"));
        refused(good().without("aud").signed()).body("detail", containsString("another audience"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub"})
    void refusesATokenWithoutWhatEveryTokenHas(String claim) {
        refused(good().without(claim).signed()).body("detail", containsString("lacks a claim"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "olga\nboss"})
    void refusesATokenWhoseNameIsNone(String name) {
        refused(good().with("preferred_username", name).signed());
    }

    @Test
    void saysWhichClaimIsMissing() {
        refused(good().without("preferred_username").signed())
                .body("detail", containsString("the token has no claim preferred_username"));
        refused(good().with("preferred_username", 7).signed())
                .body("detail", containsString("the token has no claim preferred_username"));
    }

    @Test
    void refusesATokenThatSomebodyElseSigned() {
        var forger = LocalIssuer.newKey(issuer.key().getKeyId());
        refused(good().key(forger).signed()).body("detail", equalTo("the token's signature is wrong"));
        String token = good().signed();
        int claims = token.indexOf('.') + 1;
        String changed = good().with("preferred_username", "boss").signed();
        refused(token.substring(0, claims)
                        + changed.substring(changed.indexOf('.') + 1, changed.lastIndexOf('.'))
                        + token.substring(token.lastIndexOf('.')))
                .body("detail", equalTo("the token's signature is wrong"));
    }

    @Test
    void refusesATokenWithoutSignature() {
        refused(good().unsigned());
    }

    @Test
    void refusesATokenThatIsSignedWithThePublicKeyAsASecret() {
        refused(good().signedWithPublicKey());
    }

    @Test
    void refusesWhatOnlyLooksLikeAToken() {
        refused("e30.e30.e30");
        refused("e30.e30.");
    }

    @Test
    void findsTheNewKeyWhenTheIssuerHasRotatedIt() {
        // Given a token with a key that the issuer does not have yet
        as(good().signed()).get(MIGRATIONS).then().statusCode(200);
        var next = LocalIssuer.newKey("never-published");
        refused(good().key(next).signed()).body("detail", containsString("a key that the issuer does not have"));

        // When
        String before = good().signed();
        issuer.rotate("key-2");

        // Then
        Await.until(
                "the new key is known",
                Duration.ofSeconds(20),
                () -> as(good().signed()).get(MIGRATIONS).statusCode() == 200);
        refused(before).body("detail", containsString("a key that the issuer does not have"));
    }

    @Test
    void neverRepeatsATokenInItsLog() {
        // Given
        String expired = good().at("exp", Duration.ofSeconds(-40)).signed();
        String forged = good().key(LocalIssuer.newKey(issuer.key().getKeyId())).signed();

        // When
        String log;
        try (LogTap tap = LogTap.open()) {
            refused(expired);
            refused(forged);
            refused(good().unsigned());
            refused("not-in-the-file");
            log = tap.text();
        }

        // Then
        assertThat(log)
                .doesNotContain(body(expired))
                .doesNotContain(body(forged))
                .doesNotContain("not-in-the-file");
    }

    @Test
    void takesNobodyOfTheFileForSomebodyOfTheIssuer() {
        // Given olga of the file has requested with a key
        var request = as(OrchestratorResource.OPERATOR).header("Idempotency-Key", "the-same-key");
        String first = request.contentType(ContentType.JSON)
                .body(Client.spec("olgas"))
                .post(MIGRATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        // When olga of the issuer uses the same key for the same body
        Response second = as(issuer.token(OLGA).groups(OPERATORS).signed())
                .header("Idempotency-Key", "the-same-key")
                .contentType(ContentType.JSON)
                .body(Client.spec("olgas"))
                .post(MIGRATIONS);

        // Then it is not taken for a repetition
        second.then().statusCode(409).body("migrations[0]", equalTo(first));
    }

    @Test
    void wantsAnotherPersonNotAnotherToken() {
        // Given
        String migration = as(issuer.token(OLGA).groups(OPERATORS, APPROVERS).signed())
                .contentType(ContentType.JSON)
                .body(Client.spec("four-eyes-oidc")
                        .replace("{\"expiry\": \"1h\"}", "{\"expiry\": \"1h\", \"fourEyes\": true}"))
                .post(MIGRATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Client.awaitGate(migration, "approve-plan");

        // When, Then another token of hers, from another client and with another role, is still hers
        approve(issuer.token(OLGA).with("azp", "other").groups(APPROVERS).signed(), migration)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:hubferry:problem:four-eyes"));
        // And one without her name is nobody's
        approve(
                        issuer.token(OLGA)
                                .without("preferred_username")
                                .groups(APPROVERS)
                                .signed(),
                        migration)
                .then()
                .statusCode(401);
        approve(issuer.token("anna").groups(APPROVERS).signed(), migration)
                .then()
                .statusCode(200);
    }

    private TokenDraft good() {
        return issuer.token("vera").groups(LOOKERS);
    }

    private String name(String person) {
        return ConfigProvider.getConfig().getValue(OidcProfile.ISSUER, String.class) + "#" + person;
    }

    private static String body(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    private static Response request(String token, String hub) {
        return as(token).contentType(ContentType.JSON).body(Client.spec(hub)).post(MIGRATIONS);
    }

    private static Response approve(String token, String migration) {
        return as(token)
                .contentType(ContentType.JSON)
                .body(Map.of("approved", true))
                .post(MIGRATIONS + "/" + migration + "/approvals/approve-plan");
    }

    private static ValidatableResponse refused(String token) {
        Response response = as(token).get(MIGRATIONS);
        assertThat(response.asString()).doesNotContain(token);
        return response.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .header("WWW-Authenticate", not(containsString(token)))
                .body("type", equalTo("urn:hubferry:problem:unauthorized"));
    }
}
