package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.OidcProfile.LOOKERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.testbed.Browser;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People who sign in at the issuer itself. */
@QuarkusTest
@TestProfile(OidcProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class IssuerSignInTest {
    private static final String KEPT = "hubferry_signing_in";
    private static final String TOKEN = "hubferry_token";

    private LocalIssuer issuer;

    @BeforeEach
    void startIssuer() throws IOException {
        Files.writeString(secretFile(), LocalSignIn.SECRET);
        if (issuer == null) {
            issuer = new LocalIssuer(config(OidcProfile.ISSUER)).up();
            // Another test's issuer may have had the usual one.
            issuer.rotate("key-of-sign-in");
        }
        issuer.signIn().give(Map.of("access_token", token(), "id_token", "unused", "token_type", "Bearer"));
    }

    @AfterAll
    void stopIssuer() {
        issuer.close();
    }

    @Test
    void bringsPeopleBackToWhereTheyWanted() {
        // Given
        Browser.missing().ifPresent(what -> assumeTrue(false, "skipped: " + what));
        Browser browser = Browser.fresh();
        String page = config(OidcProfile.SIGN_IN + "page-url");

        // When
        browser.open(page + "/ui/migrations?state=PARKED");
        browser.awaitPath("/ui/sign-in");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("sign-in-at-issuer");
        browser.click("Sign in at your organisation");

        // Then
        browser.awaitPath("/ui/migrations?state=PARKED");
        assertThat(browser.find(".caller").getText()).contains("#vera", "viewer");
        assertThat(browser.script("return document.cookie")).isEqualTo("");
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void asksForWhatIsConfiguredAndKeepsTheTokenOnly() {
        // When
        Response begun = begin("/ui/queue");

        // Then
        begun.then()
                .statusCode(303)
                .header("Location", startsWith(config(OidcProfile.ISSUER) + "/authorize?response_type=code&client_id="))
                .header("Location", containsString("&scope=openid+profile&state="))
                .header("Location", containsString("&code_challenge_method=S256"));
        Cookie kept = begun.getDetailedCookie(KEPT);
        assertThat(kept.isHttpOnly()).isTrue();
        assertThat(kept.getSameSite()).isEqualTo("Lax");
        assertThat(kept.getPath()).isEqualTo("/ui/sign-in");
        assertThat(kept.getMaxAge()).isEqualTo(600);

        // When
        ValidatableResponse ended = end(begun.cookie(KEPT), atIssuer(begun));

        // Then
        ended.statusCode(303).header("Location", containsString("/ui/queue"));
        RestAssured.given()
                .cookie(TOKEN, ended.extract().cookie(TOKEN))
                .get("/ui/queue")
                .then()
                .statusCode(200)
                .body(containsString(config(OidcProfile.ISSUER) + "#vera"));
    }

    @Test
    void takesNoCodeTwice() {
        Response begun = begin("/ui/queue");
        String back = atIssuer(begun);
        end(begun.cookie(KEPT), back).statusCode(303);
        refused(
                end(begun.cookie(KEPT), back),
                401,
                "Nobody was signed in: the issuer refused the code: invalid_grant.");
    }

    @Test
    void takesNoCodeThatAnotherBrowserGot() {
        String back = atIssuer(begin("/ui/queue"));
        String other = begin("/ui/queue").cookie(KEPT);
        for (String kept : new String[] {"", "x.y.z", other}) {
            refused(end(kept, back), 400, "This sign-in was not begun in this browser, or more than ten minutes ago");
        }
    }

    @Test
    void goesNowhereElse() {
        Response begun = begin("//elsewhere.example.org/");
        end(begun.cookie(KEPT), atIssuer(begun)).statusCode(303).header("Location", containsString("/ui/migrations"));
        Response again = begin("/ui/queue");
        String forged = again.cookie(KEPT).replaceAll("[^.]*$", "Ly9lbHNld2hlcmUv");
        end(forged, atIssuer(again)).statusCode(303).header("Location", containsString("/ui/migrations"));
    }

    @ParameterizedTest
    @CsvSource({"access_denied, access_denied", "<b>no</b>, without a reason", "UPPER, without a reason"})
    void saysWhatTheIssuerSaidInWordsThatAreKnown(String error, String shown) {
        issuer.signIn().refuse(URLEncoder.encode(error, UTF_8));
        Response begun = begin("/ui/queue");
        refused(
                        end(begun.cookie(KEPT), atIssuer(begun)),
                        401,
                        "Nobody was signed in: the issuer signed nobody in: " + shown)
                .body(not(containsString("script>alert")));
    }

    @Test
    void takesNoTokenThatRestWouldNotTake() {
        issuer.signIn()
                .give(Map.of(
                        "access_token",
                        issuer.token("vera").with("aud", "account").signed()));
        Response begun = begin("/ui/queue");
        refused(end(begun.cookie(KEPT), atIssuer(begun)), 401, "The issuer&#39;s token was not accepted: ")
                .body(containsString("another audience"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque token", "guessed"})
    void takesNoTokenThatIsNone(String token) {
        issuer.signIn().give(Map.of("access_token", token));
        Response begun = begin("/ui/queue");
        refused(end(begun.cookie(KEPT), atIssuer(begun)), 401, "The issuer&#39;s token ");
    }

    @Test
    void saysThatTheTokenIsTooLong() {
        issuer.signIn().give(Map.of("access_token", "x".repeat(3501)));
        Response begun = begin("/ui/queue");
        refused(end(begun.cookie(KEPT), atIssuer(begun)), 401, "no blanks and at most 3500 characters");
    }

    @Test
    void saysThatTheIssuerGaveNone() {
        issuer.signIn().give(Map.of("id_token", "x"));
        Response begun = begin("/ui/queue");
        refused(end(begun.cookie(KEPT), atIssuer(begun)), 401, "the issuer gave no access_token");
    }

    @Test
    void saysThatTheIssuerDoesNotAnswer() {
        Response begun = begin("/ui/queue");
        String back = atIssuer(begun);
        issuer.down();
        try {
            refused(end(begun.cookie(KEPT), back), 503, "the issuer does not answer");
            refused(begin("/ui/queue").then(), 503, "the issuer does not answer")
                    .body(containsString("to=%2Fui%2Fqueue"));
        } finally {
            issuer.up();
        }
    }

    @Test
    void readsTheSecretAnewAndTellsNobody() throws IOException {
        String log;
        try (LogTap tap = LogTap.open()) {
            // When
            Files.writeString(secretFile(), "another-secret");
            Response begun = begin("/ui/queue");
            String back = atIssuer(begun);

            // Then
            refused(end(begun.cookie(KEPT), back), 401, "the issuer refused the code: invalid_client");

            // When
            Files.writeString(secretFile(), LocalSignIn.SECRET);
            Response again = begin("/ui/queue");
            end(again.cookie(KEPT), atIssuer(again)).statusCode(303);
            log = tap.text();
        }
        assertThat(log)
                .contains("nobody could sign in")
                .doesNotContain("another-secret")
                .doesNotContain(LocalSignIn.SECRET)
                .doesNotContain("code=");
    }

    private String token() {
        return issuer.token("vera").groups(LOOKERS).signed();
    }

    private static Response begin(String to) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .queryParam("to", to)
                .get("/ui/sign-in/issuer");
    }

    /** The path to which the issuer sends the browser back. */
    private static String atIssuer(Response begun) {
        URI back = URI.create(RestAssured.given()
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .get(URI.create(begun.header("Location")))
                .header("Location"));
        assertThat(back.toString()).startsWith(config(OidcProfile.SIGN_IN + "page-url") + "/ui/sign-in/done?");
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private static ValidatableResponse end(String kept, String path) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .cookie(KEPT, kept)
                .get(path)
                .then();
    }

    private static ValidatableResponse refused(ValidatableResponse response, int status, String text) {
        assertThat(response.extract().cookies()).doesNotContainKey(TOKEN);
        return response.statusCode(status)
                .body(containsString(text))
                .body(containsString("Sign in at your organisation"));
    }

    private static Path secretFile() {
        return Path.of(config(OidcProfile.SIGN_IN + "client-secret-file"));
    }

    private static String config(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
