package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class ReceiptApiTest {
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
    void givesTheReceiptAsAnAttachmentOnceTheHomesAreVerified() {
        // Given
        String migration = Client.request("receipt");
        Client.awaitGate(migration, "approve-plan");
        receipt(migration)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:no-receipt"))
                .body("detail", containsString("verify-homes"))
                .body("remedy", containsString(migration + "/steps"));

        // When
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.awaitGate(migration, "approve-cleanup");

        // Then
        Response response = receipt(migration);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + migration + "-receipt.json\"");
        JsonPath receipt = response.jsonPath();
        assertThat(receipt.getString("migration")).isEqualTo(migration);
        assertThat(receipt.getString("source.path")).isEqualTo("/export/homes/receipt");
        assertThat(receipt.getString("target.storage")).isEqualTo("nfs-new");
        assertThat(receipt.getString("verifiedAt")).isNotBlank();
        assertThat(receipt.getLong("files")).isEqualTo(6_520);
        assertThat(receipt.getLong("hashesReused")).isEqualTo(6_500);
        assertThat(receipt.getLong("hashesMade")).isEqualTo(20);
        assertThat(receipt.getString("rootHash")).isEqualTo("0f".repeat(32));
        assertThat(receipt.getLong("usersLeftOut")).isEqualTo(59);
        assertThat(receipt.getString("perUser[0].user")).isEqualTo("ada");
        assertThat(receipt.getLong("perUser[0].bytes")).isEqualTo(2_000_000);
        assertThat(receipt.getString("perUser[0].rootHash")).isEqualTo("0e".repeat(32));
    }

    @Test
    void knowsNoReceiptOfAMigrationThatIsNotThere() {
        receipt("nowhere").then().statusCode(404).body("type", equalTo("urn:hubferry:problem:not-found"));
        RestAssured.given().get(MIGRATIONS + "/nowhere/receipt").then().statusCode(401);
    }

    @Test
    void describesItselfInOpenApi() {
        as(OrchestratorResource.VIEWER)
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/migrations/{id}/receipt'.get.responses.keySet()", hasItems("200", "404"));
    }

    private static Response receipt(String migration) {
        return as(OrchestratorResource.VIEWER).get(MIGRATIONS + "/" + migration + "/receipt");
    }
}
