package dev.hubferry.orchestrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.api.Client;
import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.testbed.Browser;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

/** Connections, queue and refused requests, with a browser. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class OverviewPagesTest {
    @Test
    void showsConnectionsTheQueueAndWhatWasRefused() {
        // Given
        Client.as(OrchestratorResource.VIEWER)
                .contentType(ContentType.JSON)
                .body(Client.spec("refused"))
                .post(Client.MIGRATIONS)
                .then()
                .statusCode(403);

        // When
        Browser browser = Visitor.viewer("/ui/migrations");
        browser.click("Connections");

        // Then
        browser.awaitPath("/ui/connections");
        assertThat(browser.text()).contains("nfs-narrow", "cluster", "unknown");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("connections");

        // When
        browser.click("Queue");

        // Then
        browser.awaitPath("/ui/queue");
        assertThat(browser.text()).contains("seed/nfs-narrow", "0 of 1", "nobody");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("queue");

        // When
        browser.click("Audit");

        // Then
        browser.awaitPath("/ui/audit");
        assertThat(browser.text()).contains("vera", "request", "REFUSED", "Every entry is as it was written");
        assertThat(browser.faults()).isEmpty();
        browser.screenshots("audit");
    }
}
