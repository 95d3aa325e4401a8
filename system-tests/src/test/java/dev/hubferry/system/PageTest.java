package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** A hub moved by somebody who has a browser and nothing else. */
class PageTest {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aPersonPlansRequestsApprovesAndWatchesAMoveOnThePage() throws Exception {
        Browser.missing().ifPresent(what -> assumeTrue(false, "skipped: " + what));
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(6, 300, 4)
                .withSeed(6);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());
            String server =
                    world.services(Service.ORCHESTRATOR).getFirst().url().toString();
            Browser browser = Browser.fresh();
            browser.open(server + "/ui/migrations/new?by=text");
            browser.fill("#token", world.tokens().all());
            browser.click("Sign in");

            // When
            browser.awaitPath("/ui/migrations/new");
            browser.fill("#spec", DemoSpec.of(world).toString());
            browser.click("Check");
            browser.awaitPath("/ui/plans/");
            Await.until("the plan", LIMIT, () -> browser.text().contains("nothing in its way"));
            browser.click("Request this migration");
            browser.awaitPath("/ui/migrations/");
            for (String gate : List.of("approve-plan", "approve-downtime", "approve-cleanup")) {
                Await.until("gate " + gate, LIMIT, () -> browser.has("#approve-" + gate));
                browser.all("#approve-" + gate + "-confirm").forEach(WebElement::click);
                browser.find("#approve-" + gate + "-send").click();
            }
            Await.until(
                    "the end",
                    LIMIT,
                    () -> browser.find("#part-state .badge").getText().equals("completed"));

            // Then
            Await.until(
                    "the name leads to the new hub",
                    Duration.ofSeconds(20),
                    () -> world.prober().latest().hub().equals(SandboxWorld.NEW));
            browser.click("Report");
            browser.awaitText("Root hash of the receipt");
            assertThat(browser.find("#downtime").getText()).matches("\\d+ .*");
            assertThat(browser.text()).doesNotContain("neither hub is open");
            assertThat(browser.faults()).isEmpty();
        }
    }
}
