package dev.hubferry.orchestrator.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.hubferry.orchestrator.api.Client;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to the page, with what, and what every answer of it has. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class PageAccessTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void keepsTheTokenWhereOnlyPagesGetIt() {
        // When
        Response signedIn = signIn(OrchestratorResource.VIEWER, "/ui/migrations");

        // Then
        signedIn.then().statusCode(303).header("Location", endsWith("/ui/migrations"));
        String cookie = signedIn.getHeaders().getValues("Set-Cookie").stream()
                .filter(each -> each.startsWith("hubferry_token="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HTTPOnly", "SameSite=Strict", "Path=/ui").doesNotContain("Secure", "Max-Age");

        // And
        page().cookie("hubferry_token", OrchestratorResource.VIEWER)
                .get("/ui/migrations")
                .then()
                .statusCode(200)
                .body(containsString("vera"));
        given().cookie("hubferry_token", OrchestratorResource.VIEWER)
                .get(Client.MIGRATIONS)
                .then()
                .statusCode(401);
    }

    @Test
    void sendsStrangersToSignInAndBack() {
        page().get("/ui/migrations?state=PARKED")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/ui/sign-in?to=%2Fui%2Fmigrations%3Fstate%3DPARKED"));
        page().get("/").then().statusCode(303).header("Location", endsWith("/ui/migrations"));
        page().cookie("hubferry_token", "old-one")
                .get("/ui/migrations")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/ui/sign-in?to=%2Fui%2Fmigrations&why=REFUSED"))
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void tellsScriptsOfAPageToGoToSignIn() {
        page().header("HX-Request", "true")
                .header("HX-Current-URL", "http://127.0.0.1/ui/migrations?state=PARKED")
                .get("/ui/migrations")
                .then()
                .statusCode(401)
                .header("HX-Redirect", "/ui/sign-in?to=%2Fui%2Fmigrations%3Fstate%3DPARKED");
    }

    @Test
    void letsTheBrowserAskAgainWhoCameByALink() {
        page().header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .get("/ui/migrations?state=PARKED")
                .then()
                .statusCode(200)
                .body(containsString("content=\"0;url=/ui/migrations?state=PARKED\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "/ui//evil.example",
                "/ui/../api",
                "javascript:alert(1)",
                "/ui/\tx",
                "/api/v1/migrations",
                "/ui/sign-in?to=/ui/sign-in"
            })
    void leadsNobodyElsewhere(String to) {
        signIn(OrchestratorResource.VIEWER, to)
                .then()
                .statusCode(303)
                .header("Location", equalTo(RestAssured.baseURI + ":" + RestAssured.port + "/ui/migrations"));
    }

    @Test
    void takesFormsFromItselfOnly() {
        String csrf = csrf();
        // Nobody says where it comes from
        form(csrf, csrf).post("/ui/sign-in").then().statusCode(403).body(containsString("not sent by this page"));
        // Another site
        form(csrf, csrf)
                .header("Origin", "https://evil.example")
                .post("/ui/sign-in")
                .then()
                .statusCode(403);
        form(csrf, csrf)
                .header("Sec-Fetch-Site", "cross-site")
                .post("/ui/sign-in")
                .then()
                .statusCode(403);
        form(csrf, csrf)
                .header("Sec-Fetch-Site", "same-site")
                .post("/ui/sign-in")
                .then()
                .statusCode(403);
        // Not what belongs to the cookie
        here(form(csrf, csrf().substring(1) + "A"))
                .post("/ui/sign-in")
                .then()
                .statusCode(400)
                .body(containsString("too old"));
        here(page().contentType(FORM).cookie("hubferry_csrf", csrf).formParam("token", "x"))
                .post("/ui/sign-in")
                .then()
                .statusCode(400)
                .body(containsString("too old"));
        // No form
        here(page().contentType("text/plain").body("token=x"))
                .post("/ui/sign-in")
                .then()
                .statusCode(403);
        here(page().cookie("hubferry_token", OrchestratorResource.VIEWER))
                .post("/ui/sign-out")
                .then()
                .statusCode(400);
        // All is well
        here(form(csrf, csrf)).post("/ui/sign-in").then().statusCode(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/sign-in",
                "/ui/migrations",
                "/ui/nothing/here",
                "/ui/assets/app.css",
                "/webjars/htmx.org/dist/htmx.min.js"
            })
    void hasStrictHeaders(String path) {
        page().cookie("hubferry_token", OrchestratorResource.VIEWER)
                .get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("X-Frame-Options", "DENY")
                .header(
                        "Cache-Control",
                        path.matches("/(ui/assets|webjars)/.*") ? "public, max-age=31536000, immutable" : "no-store");
    }

    @Test
    void saysAsAPageWhatIsNotThere() {
        page().cookie("hubferry_token", OrchestratorResource.VIEWER)
                .get("/ui/nothing/here")
                .then()
                .statusCode(404)
                .contentType(ContentType.HTML)
                .body(containsString("There is no such thing"), containsString("What to do"));
    }

    @Test
    void leavesProgramsAlone() {
        Client.as(OrchestratorResource.VIEWER)
                .get(Client.MIGRATIONS)
                .then()
                .statusCode(200)
                .header("Set-Cookie", nullValue())
                .header("Content-Security-Policy", nullValue());
        given().cookie("hubferry_token", OrchestratorResource.OPERATOR)
                .cookie("hubferry_csrf", csrf())
                .contentType(ContentType.JSON)
                .body(Client.spec("no-cookie"))
                .post(Client.MIGRATIONS)
                .then()
                .statusCode(401)
                .header("Content-Type", not(containsString("html")));
    }

    private static RequestSpecification page() {
        return given().redirects().follow(false).accept("text/html");
    }

    private static RequestSpecification here(RequestSpecification form) {
        return form.header("Origin", RestAssured.baseURI + ":" + RestAssured.port);
    }

    private static String csrf() {
        return page().get("/ui/sign-in").then().statusCode(200).extract().cookie("hubferry_csrf");
    }

    private static RequestSpecification form(String cookie, String field) {
        return page().contentType(FORM)
                .cookie("hubferry_csrf", cookie)
                .formParam("csrf", field)
                .formParam("token", OrchestratorResource.VIEWER);
    }

    private static Response signIn(String token, String to) {
        String csrf = csrf();
        return here(page().contentType(FORM)
                        .cookie("hubferry_csrf", csrf)
                        .formParam("csrf", csrf)
                        .formParam("token", token)
                        .formParam("to", to))
                .post("/ui/sign-in");
    }
}
