package dev.hubferry.orchestrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.testbed.Browser;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Coming and going, with a browser. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class SignInPageTest {
    @Test
    void letsInWhoHasATokenAndGoesWhereTheyWanted() {
        // Given
        Browser browser = Visitor.stranger();

        // When
        browser.open(Visitor.url("/ui/migrations?state=PARKED"));

        // Then
        browser.awaitPath("/ui/sign-in");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("sign-in");

        // When
        browser.fill("#token", OrchestratorResource.OPERATOR);
        browser.click("Sign in");

        // Then
        browser.awaitPath("/ui/migrations?state=PARKED");
        assertThat(browser.find(".caller").getText()).contains("olga", "operator");
        // A script that came in some way would not get the token.
        assertThat(browser.script("return document.cookie")).isEqualTo("");
    }

    @Test
    void saysWhyATokenIsNotTaken() {
        // Given
        Browser browser = Visitor.stranger();
        browser.open(Visitor.url("/ui/sign-in"));

        // When
        browser.fill("#token", "guessed");
        browser.click("Sign in");

        // Then
        browser.awaitText("The token was not accepted: the token is not in the token file");
        assertThat(browser.driver().manage().getCookieNamed("hubferry_token")).isNull();
        // That the answer is a 401 is no surprise.
        browser.complaints();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void letsGoWhoSignsOut() {
        // Given
        Browser browser = Visitor.viewer("/ui/migrations");

        // When
        browser.click("Sign out");

        // Then
        browser.awaitPath("/ui/sign-in");
        browser.open(Visitor.url("/ui/migrations"));
        browser.awaitPath("/ui/sign-in");
    }

    @Test
    void keepsTheThemeThatIsChosen() {
        // Given
        Browser browser = Visitor.stranger();
        browser.open(Visitor.url("/ui/sign-in"));
        Object light = ground(browser);

        // When
        browser.click("◐ Theme: system");
        browser.click("◐ Theme: light");
        browser.awaitText("Theme: dark");

        // Then
        assertThat(ground(browser)).isNotEqualTo(light);
        browser.open(Visitor.url("/ui/sign-in"));
        browser.awaitText("Theme: dark");
        assertThat(ground(browser)).isNotEqualTo(light);

        // When
        browser.click("◐ Theme: dark");
        browser.scheme(true);

        // Then it is the system's
        browser.awaitText("Theme: system");
        assertThat(ground(browser)).isNotEqualTo(light);
    }

    private static Object ground(Browser browser) {
        return String.valueOf(browser.script("return getComputedStyle(document.body).backgroundColor"));
    }
}
