package dev.hubferry.orchestrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of one migration in a real browser, while the migration goes on. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class MigrationPageTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EVIL = "\"><img src=x onerror=window.hacked=1><script>window.hacked=1</script>";

    /** In the place of the browser's own, so that a test says what comes, and when. */
    private static final String FAKE_STREAM = """
            window.requests = 0;
            document.addEventListener('htmx:beforeRequest', function () { window.requests++; });
            window.EventSource = function (url) { window.fake = this; this.readyState = 1; this.heard = {}; };
            window.EventSource.CLOSED = 2;
            window.EventSource.prototype.addEventListener = function (name, hear) { this.heard[name] = hear; };
            window.EventSource.prototype.close = function () { this.readyState = 2; };
            document.dispatchEvent(new Event('visibilitychange'));
            """;

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
    void movesTheBarOfARunningStepAndGoesOnByItself() {
        // Given
        String migration = seeding("page-live");
        Browser browser = boss(migration);
        browser.awaitText("live");

        // When
        report(42, new Progress.Home(EVIL, 1, 4, 1, 2), new Progress.Home("bert", 0, 9, 0, 1));

        // Then
        WebElement bar = browser.find("#step-seed-homes progress");
        awaitAttribute(bar, "aria-valuenow", "42");
        assertThat(bar.getDomProperty("value")).isEqualTo("42");
        assertThat(browser.find("#step-seed-homes .bar-text").getText())
                .isEqualTo("seed pass 1: 42 % – 60.0 MB of 120.0 MB, 10 of 7,000 entries – 3.0 MB/s – about 20 s left");

        // And home by home, when somebody wants it
        browser.click("Home by home");
        browser.awaitText("3 of 60 homes done");
        assertThat(browser.find("#step-seed-homes .home-name").getText()).isEqualTo(EVIL);
        report(61, new Progress.Home(EVIL + "2", 3, 4, 1, 2));
        Await.until(
                "the next word",
                SOON,
                () -> browser.find("#step-seed-homes .home-name").getText().equals(EVIL + "2"));
        assertThat(browser.script("return window.hacked === undefined")).isEqualTo(true);
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("migration-running");

        // When it goes on, so does the page, and nothing was loaded anew
        browser.script("window.marker = 1");
        participants.release("seed-homes");
        browser.awaitText("Gate approve-downtime");
        assertThat(browser.script("return window.marker")).isEqualTo(1L);
        assertThat(browser.all("#step-seed-homes progress")).isEmpty();
        assertThat(browser.find("#step-seed-homes .badge").getText()).isEqualTo("succeeded");
        assertThat(browser.find("#announcer").getDomProperty("textContent")).contains("gate approve-downtime waits");
    }

    @Test
    void isLedThroughByKeyboardAlone() {
        // Given
        String migration = Client.request("page-keys");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);

        // When
        tabTo(browser, "approve-approve-plan-comment").sendKeys("seen", Keys.ENTER);
        browser.awaitText("Gate approve-downtime");
        assertThat(browser.text()).contains("From here on nothing is taken back.");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("migration-gate");
        tabTo(browser, "approve-approve-downtime-comment").sendKeys("go");
        tabTo(browser, "approve-approve-downtime-confirm").sendKeys(Keys.SPACE);
        tabTo(browser, "approve-approve-downtime-send").sendKeys(Keys.ENTER);
        browser.awaitText("Gate approve-cleanup");
        tabTo(browser, "approve-approve-cleanup-send").sendKeys(Keys.ENTER);

        // Then
        Await.until(
                "the end",
                SOON,
                () -> browser.find("#part-state .badge").getText().equals("completed"));
        Await.until(
                "the end of the stream",
                SOON,
                () -> browser.find("#liveness").getText().equals("ended"));
        assertThat(Client.get(migration, "/approvals").getList("comment")).contains("seen", "go");
        assertThat(browser.find("#part-downtime").getText()).contains(" from ", " to ");

        // And
        browser.click("Report");
        browser.awaitText("Files hashed on both sides");
        assertThat(browser.text()).contains("A 192.0.2.10", "A 192.0.2.20", "as forecast");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("migration-report");
        browser.find(".tabs a[href$=audit]").click();
        browser.awaitText("Intact: every entry is as it was written");
        assertThat(browser.faults()).isEmpty();
        browser.click("History");
        browser.awaitText("the migration is completed: the hub has moved");
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void takesItBackWhenAGateIsRejectedAndShowsTheUndos() {
        // Given
        participants.hold("hold-target", Direction.UNDO);
        String migration = seeding("page-reject");
        participants.release("seed-homes");
        Client.awaitGate(migration, "approve-downtime");
        Browser browser = boss(migration);

        // When
        browser.fill("#reject-approve-downtime-comment", "the team is away " + EVIL);
        browser.click("Reject approve-downtime");

        // Then
        Await.until("the undo", SOON, () -> participants.holds("hold-target"));
        Await.until(
                "the way back",
                SOON,
                () -> browser.find("#step-hold-target .undo .badge").getText().equals("running"));
        assertThat(browser.find("#step-lower-ttl .undo .badge").getText()).isEqualTo("succeeded");
        assertThat(browser.find("#part-state").getText()).contains("compensating", "the team is away " + EVIL);
        assertThat(browser.faults()).isEmpty();
        participants.release("hold-target");
        Await.until(
                "the end",
                SOON,
                () -> browser.find("#part-state .badge").getText().equals("rolled back"));
        assertThat(browser.script("return window.hacked === undefined")).isEqualTo(true);
    }

    @Test
    void saysTheWayOutOfWhatFailedAndTriesAgain() {
        // Given
        participants.fail(
                "seed-homes",
                Direction.DO,
                new Rejected(
                        ErrorCode.TARGET_FULL,
                        "nothing is left on " + EVIL,
                        List.of(new Problem(ErrorCode.TARGET_FULL, EVIL, "12 bytes are free", "make room"))));
        String migration = Client.request("page-parked");
        Client.approve(migration, "approve-plan");
        var unused = Client.awaitState(migration, "PARKED");
        Browser browser = boss(migration);

        // Then
        String row = browser.find("#step-seed-homes").getText();
        assertThat(row)
                .contains("failed", "TARGET_FULL", "nothing is left on " + EVIL, "12 bytes are free", "make room")
                .contains("Way out: put it right and retry, or abort.");
        assertThat(browser.find("#step-check-source .badge").getText()).isEqualTo("succeeded");
        assertThat(browser.find("#step-open-target").isDisplayed()).isTrue();
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("migration-parked");

        // When
        participants.reset();
        browser.click("Try seed-homes again");

        // Then
        browser.awaitText("Gate approve-downtime");
        assertThat(browser.script("return window.hacked === undefined")).isEqualTo(true);
    }

    @Test
    void showsNothingOlderWhateverTheStreamSays() {
        // Given a page at the first gate, and a stream that a test feeds
        String migration = Client.request("page-disorder");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);
        browser.script(FAKE_STREAM);
        browser.script("window.fake.onopen()");
        Await.until("the look after the opening", SOON, () -> requests(browser) == 1);
        long shown = shown(browser);
        String old = String.valueOf(
                browser.script(
                        "var r = new XMLHttpRequest(); r.open('GET', location.pathname + '/live', false); r.send(); return r.responseText"));

        // When it says what is known, twice, and in the wrong order
        for (long number : List.of(shown, shown, shown - 1, 1L)) {
            hear(browser, number);
        }
        browser.script("window.fake.onmessage({data: 'no JSON'})");

        // Then nobody is asked, and when there is more, the server is asked for all of it, also over a gap
        participants.hold("seed-homes");
        Client.approve(migration, "approve-plan");
        Await.until("the seed", SOON, () -> participants.holds("seed-homes"));
        assertThat(requests(browser)).isEqualTo(1);
        assertThat(browser.text()).contains("Gate approve-plan");
        // A number that no event has yet: the gap is as wide as it can be.
        long newest = shown + 1_000;
        hear(browser, newest);
        hear(browser, shown + 1);
        Await.until(
                "the running row",
                SOON,
                () -> browser.find("#step-seed-homes .badge").getText().equals("running"));
        assertThat(shown(browser)).isGreaterThan(shown);
        assertThat(browser.text()).doesNotContain("Gate approve-plan");

        // When an answer of before comes late
        browser.script("htmx.swap(document.body, arguments[0], {swapStyle: 'none'})", old);

        // Then
        assertThat(browser.find("#step-seed-homes .badge").getText()).isEqualTo("running");
        assertThat(browser.text()).doesNotContain("Gate approve-plan");

        // And a word about another attempt moves no bar
        browser.script(
                "window.fake.heard.progress({data: JSON.stringify({row: 'seed-homes', direction: 'do', attempt: 1, percent: 50, text: 'half'})})");
        browser.script(
                "window.fake.heard.progress({data: JSON.stringify({row: 'seed-homes', direction: 'do', attempt: 0, percent: 9, text: 'old'})})");
        assertThat(browser.find("#step-seed-homes progress").getDomAttribute("aria-valuenow"))
                .isEqualTo("50");
        assertThat(browser.find("#step-seed-homes .bar-text").getText()).isEqualTo("half");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysThatItIsNotLiveAndGoesOnAskingUntilTheSignInEnds() {
        // Given
        String migration = Client.request("page-lost");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);
        browser.script(FAKE_STREAM);
        browser.script("window.fake.onopen()");
        browser.awaitText("live");

        // When the stream is lost, and the migration goes on
        browser.script("window.fake.readyState = 0; window.fake.onerror()");
        browser.awaitText("not live, trying again since");
        Client.approve(migration, "approve-plan");

        // Then
        browser.awaitText("Gate approve-downtime");
        browser.script("window.fake.readyState = 1; window.fake.onopen()");
        Await.until(
                "the stream", SOON, () -> browser.find("#liveness").getText().equals("live"));

        // When the sign-in ends, too
        browser.fill("#approve-approve-downtime-comment", "half a sentence");
        browser.driver().manage().deleteAllCookies();
        browser.script("window.fake.readyState = 0; window.fake.onerror()");

        // Then what was typed is still there
        browser.awaitText("not live: your sign-in has ended");
        assertThat(browser.find("#liveness a").getDomAttribute("href")).startsWith("/ui/sign-in?to=");
        assertThat(browser.find("#approve-approve-downtime-comment").getDomProperty("value"))
                .isEqualTo("half a sentence");
    }

    @Test
    void keepsWhatIsTypedWhereTheCursorIsAndWhatIsOpen() {
        // Given
        String migration = Client.request("page-typing");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);
        browser.awaitText("live");
        browser.click("Change the priority");
        browser.click("Pause");
        browser.fill("#pause-reason", "the network is slow");
        browser.find("#pause-reason").sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
        browser.script("document.getElementById('part-verbs').firstElementChild.dataset.old = 'yes'");

        // When the part with the field changes
        Client.say(migration, "/priority", Map.of("priority", "HIGH", "reason", "the term begins"))
                .then()
                .statusCode(200);

        // Then
        browser.awaitText("It is HIGH now");
        assertThat(browser.has("[data-old]")).isFalse();
        WebElement field = browser.find("#pause-reason");
        assertThat(field.getDomProperty("value")).isEqualTo("the network is slow");
        assertThat(field).isEqualTo(browser.driver().switchTo().activeElement());
        assertThat(browser.script("return document.activeElement.selectionStart"))
                .isEqualTo(1L);
        assertThat(browser.find("#more-priority").getDomProperty("open")).isEqualTo("true");
        field.sendKeys("!", Keys.ENTER);
        browser.awaitText("Paused by boss");
        browser.awaitText("t!he network is slow");
    }

    @Test
    void countsTheDowntimeByTheClockOfTheServer() {
        // Given a hub that is down
        participants.hold("verify-homes");
        String migration = Client.request("page-clock");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Await.until("the downtime", SOON, () -> participants.holds("verify-homes"));
        Browser browser = boss(migration);
        assertThat(browser.find("#part-downtime").getText()).contains("the hub is down", " since ");
        assertThat(browser.find("#part-state").getText()).contains("It can be taken back until open-target.");

        // When the browser's clock is wrong
        browser.script(
                "Date.now = function () { return 0; }; window.before = document.querySelector('.clock').textContent");

        // Then
        Await.until(
                "the next second",
                SOON,
                () -> Boolean.TRUE.equals(
                        browser.script("return document.querySelector('.clock').textContent !== window.before")));
        assertThat(browser.find(".clock").getText())
                .matches("(\\d min )?\\d+ s")
                .isNotEqualTo("0 s");
        assertThat(browser.faults()).isEmpty();
        participants.release("verify-homes");
        browser.awaitText("Gate approve-cleanup");
        assertThat(browser.find("#part-downtime").getText()).contains(" to ").doesNotContain("the hub is down");
        assertThat(browser.find("#part-state").getText()).contains("It cannot be taken back any more");
    }

    @Test
    void showsTextOfPeopleAsText() {
        // Given
        String migration = Client.post(
                        Client.spec("page-evil").replace("page-evil to the new cluster", EVIL.replace("\"", "\\\"")))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);
        assertThat(browser.find("h1").getText()).isEqualTo(EVIL);
        assertThat(browser.driver().getTitle()).contains("<script>");

        // When
        browser.click("Take it back");
        browser.fill("#abort-reason", EVIL);
        browser.find("#abort-confirm").click();
        browser.find("#abort-send").click();

        // Then
        Await.until(
                "the end",
                SOON,
                () -> browser.find("#part-state .badge").getText().equals("rolled back"));
        for (String part : List.of("", "/report", "/history", "/audit")) {
            browser.open(Visitor.url("/ui/migrations/" + migration + part));
            assertThat(browser.text()).contains(EVIL);
            assertThat(browser.script("return window.hacked === undefined")).isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void tellsWhoIsTooLateWhyWhereTheButtonWas() {
        // Given a page whose gate somebody else answers
        String migration = Client.request("page-late");
        Client.awaitGate(migration, "approve-plan");
        Browser browser = boss(migration);
        browser.script(FAKE_STREAM);
        Client.answer(migration, "approve-plan", false).then().statusCode(200);

        // When
        browser.click("Approve approve-plan");

        // Then
        browser.awaitText("It was refused:");
        assertThat(browser.find("[data-focus]").getText())
                .contains("gate approve-plan does not wait for an answer: it is rejected by anna");
        assertThat(browser.find("#part-state .badge").getText()).isEqualTo("rolled back");
        assertThat(browser.path()).isEqualTo("/ui/migrations/" + migration);
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find("[data-focus]"));
    }

    @Test
    void givesViewersNoButtons() {
        // Given
        String migration = Client.request("page-viewer");
        Client.awaitGate(migration, "approve-plan");

        // When
        Browser browser = Visitor.viewer("/ui/migrations/" + migration);

        // Then
        browser.awaitText("Only who has the role approver may answer it.");
        assertThat(browser.all("main form")).isEmpty();
        assertThat(browser.faults()).isEmpty();
    }

    private String seeding(String hub) {
        participants.hold("seed-homes");
        String migration = Client.request(hub);
        Client.approve(migration, "approve-plan");
        Await.until("the seed", SOON, () -> participants.holds("seed-homes"));
        return migration;
    }

    private void report(int percent, Progress.Home... homes) {
        participants.report(
                "seed-homes",
                new Progress(
                        "seed pass 1",
                        60_000_000,
                        120_000_000,
                        10,
                        7_000,
                        Optional.of(percent),
                        Optional.of(3_000_000L),
                        Optional.of(Duration.ofSeconds(20)),
                        Optional.of(new Progress.Homes(60, 3, List.of(homes)))));
    }

    private static Browser boss(String migration) {
        return Visitor.as(OrchestratorResource.BOSS, "/ui/migrations/" + migration);
    }

    private static void hear(Browser browser, long number) {
        browser.script("window.fake.onmessage({data: JSON.stringify({sequence: arguments[0], ends: false})})", number);
    }

    private static long requests(Browser browser) {
        return Long.parseLong(String.valueOf(browser.script("return window.requests")));
    }

    private static long shown(Browser browser) {
        return Long.parseLong(browser.find("#live").getDomAttribute("data-version"));
    }

    /** Goes on with the tab key until an element has the focus. */
    private static WebElement tabTo(Browser browser, String id) {
        for (int tabs = 0; tabs < 120; tabs++) {
            WebElement active = browser.driver().switchTo().activeElement();
            if (id.equals(active.getDomAttribute("id"))) {
                return active;
            }
            active.sendKeys(Keys.TAB);
        }
        throw new AssertionError("no tab leads to " + id);
    }

    private static void awaitAttribute(WebElement element, String name, String value) {
        Await.until(name + " " + value, SOON, () -> value.equals(element.getDomAttribute(name)));
    }
}
