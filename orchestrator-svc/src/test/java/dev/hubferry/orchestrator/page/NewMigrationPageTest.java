package dev.hubferry.orchestrator.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.Client;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.Browser;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.support.ui.Select;

/** From a thought to a migration, with a browser, and participants that answer as scripted. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class NewMigrationPageTest {
    private static final String NEW = "/ui/migrations/new";
    private static final String BY_TEXT = NEW + "?by=text";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    TestClock clock;

    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void requestsByFormWhatItsPlanShows() {
        // Given
        Browser browser = Visitor.operator(NEW);
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("new");

        // When
        fillIn(browser, "formed");
        browser.click("Check");

        // Then the plan comes first, and nothing is requested
        browser.awaitPath("/ui/plans/");
        browser.awaitText("nothing in its way");
        assertThat(browser.text())
                .contains(
                        "Plan: formed to the new cluster", "60 homes with 7,000 entries", "192.0.2.20", "Step by step");
        assertThat(named("formed")).isEmpty();
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("plan");

        // When
        browser.click("Request this migration");

        // Then
        browser.awaitPath("/ui/migrations/");
        Await.until("the migration", SOON, () -> named("formed").size() == 1);
    }

    @Test
    void saysAllThatIsWrongAtItsFieldsAndLosesNothing() {
        // Given
        Browser browser = Visitor.operator(NEW);

        // When
        browser.fill("#f-name", "half of it");
        browser.fill("#f-source-namespace", "Not A Label");
        browser.fill("#f-dns-cutoverTtl", "soon");
        browser.click("Check");

        // Then
        browser.awaitText("things are not right yet");
        assertThat(browser.script("return document.activeElement.hasAttribute('data-focus')"))
                .isEqualTo(true);
        assertThat(browser.find("#f-name").getAttribute("value")).isEqualTo("half of it");
        assertThat(browser.find("#f-source-namespace").getAttribute("value")).isEqualTo("Not A Label");
        assertThat(browser.find("#f-source-namespace-errors").getText()).contains("Not A Label");
        assertThat(browser.find("#f-dns-cutoverTtl-errors").getText()).contains("'soon' is no duration");
        assertThat(browser.find("#f-source-cluster").getAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(browser.find("#f-source-cluster").getAttribute("aria-describedby"))
                .contains("f-source-cluster-errors");
        browser.complaints();
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("new-errors");

        // When
        browser.find("a[href='#f-dns-cutoverTtl']").click();

        // Then
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("f-dns-cutoverTtl");
    }

    @Test
    void saysWhereTextStopsBeingYaml() {
        // Given
        Browser browser = Visitor.operator(BY_TEXT);
        assertThat(browser.faults()).isEmpty();

        // When
        browser.fill("#spec", "name: broken\nsource:\n  cluster: [old\n");
        browser.click("Check");

        // Then
        browser.awaitText("This cannot be read");
        assertThat(browser.text()).contains("line 4, column 1");
        assertThat(browser.find("#spec").getAttribute("value")).contains("cluster: [old");
        browser.complaints();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void saysWhereTextIsWrongAndWhatWasMeant() {
        // Given
        Browser browser = Visitor.operator(BY_TEXT);

        // When
        browser.fill("#spec", Client.spec("typo").replace("\"namespace\": \"typo\"},", "\"namespce\": \"typo\"},"));
        browser.click("Check");

        // Then
        browser.awaitText("not right yet");
        assertThat(browser.text()).contains("did you mean 'namespace'?", "line 3, column 32");

        // When it goes on as a form
        browser.click("Form");

        // Then what was right is there
        assertThat(browser.find("#f-name").getAttribute("value")).isEqualTo("typo to the new cluster");
        assertThat(new Select(browser.find("#f-target-cluster"))
                        .getFirstSelectedOption()
                        .getAttribute("value"))
                .isEqualTo("new");

        // When it goes back
        browser.click("YAML or JSON");

        // Then
        assertThat(browser.find("#spec").getAttribute("value")).contains("\"typo to the new cluster\"");
    }

    @Test
    void showsAPlanThatTakesLongerAsSoonAsItIsThere() {
        // Given
        participants.hold("check-homes");
        Browser browser = Visitor.operator(BY_TEXT);

        // When
        browser.fill("#spec", Client.spec("page-slow"));
        browser.click("Check");

        // Then
        browser.awaitPath("/ui/plans/");
        browser.awaitText("These checks have not answered yet");
        assertThat(browser.text()).doesNotContain("Request this migration");
        participants.release("check-homes");
        browser.awaitText("nothing in its way");
        browser.awaitText("Request this migration");
        assertThat(browser.script("return document.getElementById('announcer').textContent"))
                .isEqualTo("The plan is ready.");
    }

    @Test
    void showsFirstWhatStandsInTheWay() {
        // Given
        participants.fail("check-homes", Direction.DO, ErrorCode.TARGET_FULL);
        Browser browser = Visitor.operator(BY_TEXT);

        // When
        browser.fill("#spec", Client.spec("page-full"));
        browser.click("Check");

        // Then
        browser.awaitText("needs attention");
        assertThat(browser.text()).contains("TARGET_FULL", "Request it all the same");
        assertThat(browser.text().indexOf("TARGET_FULL"))
                .isLessThan(browser.text().indexOf("What is moved"));
        assertThat(browser.faults()).isEmpty();

        // When it is old
        clock.advance(Duration.ofHours(2));
        browser.driver().navigate().refresh();

        // Then
        browser.awaitText("This plan is old.");
    }

    @Test
    void isOneMigrationHoweverOftenItIsSent() {
        // Given
        Browser browser = Visitor.operator(BY_TEXT);
        browser.fill("#spec", Client.spec("pressed-thrice"));
        browser.click("Check");
        browser.awaitText("Request this migration");

        // When
        browser.script("""
                const form = document.querySelector("form[action$='/request']");
                const body = new URLSearchParams(new FormData(form));
                window.answers = [];
                for (let i = 0; i < 3; i++) {
                  fetch(form.action, {method: "POST", body: body, redirect: "follow"}).then(answer => window.answers.push(answer.url));
                }
                """);

        // Then
        Await.until(
                "three answers", SOON, () -> Long.valueOf(3).equals(browser.script("return window.answers.length")));
        assertThat(browser.script("return new Set(window.answers).size")).isEqualTo(1L);
        assertThat(named("pressed-thrice")).hasSize(1);
    }

    @Test
    void showsNamesAsTextWhateverTheyAre() {
        // Given
        String name = "</h1><script>window.hurt=1</script>\\\"><img src=x onerror=window.hurt=1>";
        String spec = Client.spec("evil-plan").replace("evil-plan to the new cluster", name);
        Browser browser = Visitor.operator(BY_TEXT);

        // When
        browser.fill("#spec", spec);
        browser.click("Check");
        browser.awaitText("Request this migration");

        // Then
        assertThat(browser.find("h1").getText()).isEqualTo("Plan: " + name.replace("\\\"", "\""));
        browser.click("Change it");
        browser.awaitPath(NEW);
        assertThat(browser.find("#f-name").getAttribute("value")).isEqualTo(name.replace("\\\"", "\""));
        assertThat(browser.script("return window.hurt")).isNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void isForOperators() {
        Browser browser = Visitor.viewer("/ui/migrations");
        browser.open(Visitor.url(NEW));
        browser.awaitText("The token's role does not allow this");
        assertThat(browser.text()).contains("vera has role viewer", "role operator", "To the migrations");
        browser.complaints();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void requestsNothingForAFormOfAnotherSite() {
        // Given
        String plan = Client.plan("foreign").then().statusCode(200).extract().path("id");

        // When, Then
        given().cookie("hubferry_token", OrchestratorResource.OPERATOR)
                .contentType("application/x-www-form-urlencoded")
                .formParam("key", "x")
                .post("/ui/plans/" + plan + "/request")
                .then()
                .statusCode(403);
        given().cookie("hubferry_token", OrchestratorResource.OPERATOR)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/x-www-form-urlencoded")
                .formParam("key", "x")
                .post("/ui/plans/" + plan + "/request")
                .then()
                .statusCode(400)
                .body(containsString("too old"));
        assertThat(named("foreign")).isEmpty();
    }

    private static void fillIn(Browser browser, String hub) {
        browser.fill("#f-name", hub + " to the new cluster");
        for (String side : List.of("source", "target")) {
            String age = side.equals("source") ? "old" : "new";
            choose(browser, "#f-" + side + "-cluster", age);
            browser.fill("#f-" + side + "-namespace", hub);
            choose(browser, "#f-homes-" + side + "-storage", "nfs-" + age);
            browser.fill("#f-homes-" + side + "-path", "/export/homes/" + hub);
        }
        choose(browser, "#f-dns-zone", "example");
        browser.fill("#f-dns-name", hub + ".example.org");
        browser.fill("#f-dns-cutoverTtl", "60s");
    }

    private static void choose(Browser browser, String selector, String value) {
        new Select(browser.find(selector)).selectByValue(value);
    }

    private static List<String> named(String hub) {
        return Client.as(OrchestratorResource.VIEWER)
                .get(Client.MIGRATIONS + "?namespace=" + hub)
                .then()
                .statusCode(200)
                .extract()
                .path("migrations.id");
    }
}
