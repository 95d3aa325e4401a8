package dev.hubferry.orchestrator.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.hubferry.orchestrator.api.Client;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the forms of a migration's page do, and for whom, without a browser that would see to it that they are used as they should. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class MigrationFormsTest {
    @Inject
    TestClock clock;

    private ScriptedParticipants participants;

    @BeforeAll
    void startParticipants() {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        participants = new ScriptedParticipants(servers, clock).start();
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/approvals/approve-plan => approved=true",
                "/pause => reason=because",
                "/resume => resume=",
                "/abort => reason=because",
                "/priority => priority=HIGH",
                "/steps/check-source/retry => retry=",
                "/steps/check-source/skip => reason=because"
            })
    void takesNoFormButItsOwnFromThoseWhoMay(String verb, String field) {
        // Given
        String migration = atGate("forms" + verb.replace('/', '-'));
        String before = events(migration);
        String path = "/ui/migrations/" + migration + verb;
        Map<String, String> fields = verb.equals("/priority")
                ? Map.of("priority", "HIGH", "reason", "because")
                : Map.of(field.split("=")[0], field.endsWith("=") ? "" : field.split("=")[1]);

        // Then
        sent(OrchestratorResource.BOSS)
                .formParams(fields)
                .post(path)
                .then()
                .statusCode(400)
                .body(containsString("too old"));
        sent(OrchestratorResource.BOSS)
                .formParams(fields)
                .formParam("csrf", "made-up")
                .post(path)
                .then()
                .statusCode(400);
        own(OrchestratorResource.BOSS)
                .formParams(fields)
                .header("Sec-Fetch-Site", "cross-site")
                .post(path)
                .then()
                .statusCode(403);
        own(OrchestratorResource.VIEWER).formParams(fields).post(path).then().statusCode(403);
        assertThat(events(migration)).isEqualTo(before);
    }

    @Test
    void leadsBackToThePageAndDoesTheSameFormOnce() {
        // Given
        String migration = atGate("forms-once");
        String path = "/ui/migrations/" + migration;

        // When
        for (int times = 0; times < 2; times++) {
            own(OrchestratorResource.OPERATOR)
                    .formParam("form", "pause")
                    .formParam("key", "k-1-" + migration)
                    .formParam("reason", "the network")
                    .post(path + "/pause")
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith(path));
        }

        // Then
        assertThat(Client.get(migration, "/audit").getList("entries.action")).containsOnlyOnce("pause");

        // And the same key with other words is said to be so, and changes nothing
        own(OrchestratorResource.OPERATOR)
                .formParam("form", "pause")
                .formParam("key", "k-1-" + migration)
                .formParam("reason", "something else")
                .post(path + "/pause")
                .then()
                .statusCode(422)
                .body(containsString("It was refused:"));
    }

    @Test
    void saysWhatIsWrongAtTheForm() {
        // Given
        String migration = atGate("forms-wrong");
        String path = "/ui/migrations/" + migration;

        // Then what has to be ticked, and to be said, is wanted by the server, too
        own(OrchestratorResource.OPERATOR)
                .formParam("form", "abort")
                .formParam("reason", "typed already")
                .post(path + "/abort")
                .then()
                .statusCode(400)
                .body(containsString("was not ticked"), containsString("value=\"typed already\""));
        own(OrchestratorResource.OPERATOR)
                .formParam("form", "pause")
                .formParam("reason", "  ")
                .post(path + "/pause")
                .then()
                .statusCode(422)
                .body(containsString("reason"), containsString("It was refused:"));
        own(OrchestratorResource.OPERATOR)
                .formParam("form", "retry-seed-homes")
                .post(path + "/steps/seed-homes/retry")
                .then()
                .statusCode(409)
                .body(containsString("seed-homes cannot be tried again: it has not failed"));
        own(OrchestratorResource.OPERATOR)
                .post("/ui/migrations/nobody/pause")
                .then()
                .statusCode(404);
    }

    @Test
    void givesWhatIsKeptAsFiles() {
        // Given
        String migration = atGate("forms-files");
        String path = "/ui/migrations/" + migration;

        // Then
        looking()
                .get(path + "/report.json")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Content-Disposition", equalTo("attachment; filename=\"%s-report.json\"".formatted(migration)))
                .body("migration", equalTo(migration));
        looking().get(path + "/receipt").then().statusCode(404).body(containsString("verify-homes"));
        looking()
                .get(path + "/history?after=1")
                .then()
                .statusCode(200)
                .body(containsString("check-source began"), not(containsString("requested the migration")));
        looking().get("/ui/migrations/nobody").then().statusCode(404).contentType(ContentType.HTML);
        given().redirects().follow(false).get(path).then().statusCode(303);
        given().redirects().follow(false).get(path + "/events").then().statusCode(303);
        looking().get(path + "/events?after=x").then().statusCode(400);
    }

    private static String atGate(String hub) {
        String migration = Client.request(hub);
        Client.awaitGate(migration, "approve-plan");
        return migration;
    }

    private static String events(String migration) {
        Response page = looking().get("/ui/migrations/" + migration + "/history");
        return page.then().statusCode(200).extract().htmlPath().getString("**.find { it.name() == 'tbody' }");
    }

    private static RequestSpecification looking() {
        return given().redirects().follow(false).cookie("hubferry_token", OrchestratorResource.VIEWER);
    }

    /** From the page itself, as browsers say, but without what the page has put into its forms. */
    private static RequestSpecification sent(String token) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .cookie("hubferry_token", token)
                .cookie("hubferry_csrf", csrf())
                .header("Origin", RestAssured.baseURI + ":" + RestAssured.port);
    }

    private static RequestSpecification own(String token) {
        String csrf = csrf();
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .cookie("hubferry_token", token)
                .cookie("hubferry_csrf", csrf)
                .formParam("csrf", csrf)
                .header("Origin", RestAssured.baseURI + ":" + RestAssured.port);
    }

    private static String csrf() {
        return given().get("/ui/sign-in").then().extract().cookie("hubferry_csrf");
    }
}
