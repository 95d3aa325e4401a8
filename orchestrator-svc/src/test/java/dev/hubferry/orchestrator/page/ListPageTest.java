package dev.hubferry.orchestrator.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.hubferry.orchestrator.api.Client;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.Browser;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The list of migrations, with a browser. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class ListPageTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> EVIL = List.of(
            "<script>window.hurt=1</script>",
            "\"><img src=x onerror=\"window.hurt=1\">",
            "javascript:window.hurt=1",
            "{7*7} ${7*7} </title><svg onload=window.hurt=1>");

    @Inject
    DataSource database;

    @Test
    void showsFiltersAndPagesInPlace() {
        // Given
        for (int i = 1; i <= 3; i++) {
            Client.request("paged-" + i);
        }
        Browser browser = Visitor.viewer("/ui/migrations");
        assertThat(browser.has("a[href='/ui/migrations/new']")).isFalse();

        // When
        WebElement name = browser.find("#name");
        name.sendKeys("paged-");

        // Then the table is another one, and who types goes on typing
        awaitRows(browser, 3);
        assertThat(browser.path()).contains("name=paged-");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(name);
        name.sendKeys("2");
        awaitRows(browser, 1);
        assertThat(browser.text()).contains("paged-2 to the new cluster", "running", "old/paged-2 → new/paged-2");
        assertThat(browser.faults()).isEmpty();

        // When
        browser.open(Visitor.url("/ui/migrations?name=paged-&limit=2&sort=name"));

        // Then
        assertThat(rows(browser)).containsExactly("paged-1 to the new cluster", "paged-2 to the new cluster");
        browser.click("Next page");
        browser.awaitText("First page");
        assertThat(rows(browser)).containsExactly("paged-3 to the new cluster");
        browser.click("First page");
        awaitRows(browser, 2);
        browser.screenshots("migrations");
    }

    @Test
    void saysWhatIsWrongWithAFilterAndKeepsIt() {
        // Given
        Browser browser = Visitor.viewer("/ui/migrations");

        // When
        browser.click("More filters");
        browser.fill("#requestedAfter", "yesterday");
        browser.find("#requestedAfter").sendKeys(Keys.ENTER);

        // Then
        browser.awaitText("requestedAfter must be a point in time with its offset");
        assertThat(browser.find("#requestedAfter").getAttribute("value")).isEqualTo("yesterday");
        browser.complaints();
        browser.fill("#requestedAfter", "2020-01-01T00:00");
        browser.find("#requestedAfter").sendKeys(Keys.ENTER);
        Await.until("the list", SOON, () -> !browser.text().contains("must be"));

        // And without a script
        page().get("/ui/migrations?requestedAfter=yesterday")
                .then()
                .statusCode(400)
                .body(containsString("value=\"yesterday\""), containsString("requestedAfter must be"));
    }

    @Test
    void worksWithTheKeyboardAlone() {
        // Given
        Client.request("keyboard");
        Browser browser = Visitor.viewer("/ui/migrations?name=keyboard");

        // When
        press(browser, Keys.TAB);

        // Then
        assertThat(focused(browser).getText()).isEqualTo("Skip to the content");
        press(browser, Keys.ENTER);
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
        int tabs = 0;
        while (!focused(browser).getText().startsWith("keyboard to the new") && tabs < 25) {
            press(browser, Keys.TAB);
            tabs++;
        }
        assertThat(focused(browser).getText()).isEqualTo("keyboard to the new cluster");
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void keepsUpWithoutTakingTheFocusAway() throws SQLException {
        // Given
        String migration = Client.request("fresh-1");
        Browser browser = Visitor.viewer("/ui/migrations?name=fresh-");
        WebElement link = browser.find("#list th a");
        browser.script("arguments[0].focus()", link);

        // When something changes in a row
        execute(
                "update migration set definition = 'migrate-hub/99', state = jsonb_build_object('of tomorrow', state)::text"
                        + " where id = '" + migration + "'");

        // Then the row has it, and the focus stays
        browser.awaitText("begun by a newer version");
        assertThat(focused(browser).getText()).isEqualTo("fresh-1 to the new cluster");
        execute("update migration set definition = 'migrate-hub/5', state = state::jsonb ->> 'of tomorrow' where id = '"
                + migration + "'");

        // When a row comes while somebody is in the list
        Client.request("fresh-2");

        // Then nothing moves until they want it
        browser.awaitText("The list has changed.");
        assertThat(rows(browser)).containsExactly("fresh-1 to the new cluster");
        browser.click("Show it anew");
        awaitRows(browser, 2);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rendersNothingAnewWhenNothingChanged() {
        Client.request("same");
        String url = "/ui/migrations?name=same";
        String csrf = page().get(url).then().statusCode(200).extract().cookie("hubferry_csrf");
        String tag = page().cookie("hubferry_csrf", csrf)
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        page().cookie("hubferry_csrf", csrf)
                .header("If-None-Match", tag)
                .get(url)
                .then()
                .statusCode(304);
        Client.request("same-again");
        page().cookie("hubferry_csrf", csrf)
                .header("If-None-Match", tag)
                .get(url)
                .then()
                .statusCode(200);
    }

    @Test
    void showsNamesAsTextWhateverTheyAre() {
        // Given
        for (int i = 0; i < EVIL.size(); i++) {
            String spec = Client.spec("evil-" + i)
                    .replace("evil-" + i + " to the new cluster", EVIL.get(i).replace("\"", "\\\""));
            Client.post(spec).then().statusCode(201);
        }

        // When
        Browser browser = Visitor.viewer("/ui/migrations?namespace=evil-0");
        for (int i = 0; i < EVIL.size(); i++) {
            browser.open(Visitor.url("/ui/migrations?namespace=evil-" + i + "&name=" + LocalPath.encoded(EVIL.get(i))));

            // Then
            assertThat(rows(browser)).containsExactly(EVIL.get(i));
            assertThat(browser.find("#name").getAttribute("value")).isEqualTo(EVIL.get(i));
            assertThat(browser.script("return window.hurt")).isNull();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void saysThatNothingFits() {
        page().get("/ui/migrations?name=nobody-has-this-name")
                .then()
                .statusCode(200)
                .body(containsString("No migration fits."), not(containsString("<table")));
    }

    private static RequestSpecification page() {
        return given().accept("text/html").cookie("hubferry_token", OrchestratorResource.VIEWER);
    }

    private static List<String> rows(Browser browser) {
        return browser.all("#list th a").stream().map(WebElement::getText).toList();
    }

    private static void awaitRows(Browser browser, int count) {
        Await.until(count + " rows", SOON, () -> rows(browser).size() == count);
    }

    private static void press(Browser browser, Keys key) {
        new Actions(browser.driver()).sendKeys(key).perform();
    }

    private static WebElement focused(Browser browser) {
        return browser.driver().switchTo().activeElement();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
