package dev.hubferry.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** What whoever runs the service is told of it: whether it can do its work, and what it writes down. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class HealthApiTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path LOG = Path.of("target/log/orchestrator.jsonl");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestClock clock;

    @Test
    void isNotReadyWhileTheDatabaseIsAwayButNeedsNoRestart() throws Exception {
        // Given
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(
                        "checks.name",
                        hasItems(
                                "broker",
                                "outbox",
                                "service",
                                "Database connections health check",
                                "SmallRye Reactive Messaging - readiness check"));
        given().get("/q/health/live").then().statusCode(200).body("checks.name", hasItems("threads"));
        // When
        try (Connection server = besides()) {
            try {
                allow(server, false);
                Await.until("the service to miss its database", SOON, () -> status("ready") == 503);
                // Then
                given().get("/q/health/ready")
                        .then()
                        .body("checks.find { it.name == 'Database connections health check' }.status", equalTo("DOWN"));
                given().get("/q/health/live").then().statusCode(200);
            } finally {
                allow(server, true);
            }
        }
        Await.until("the service to be ready again", SOON, () -> status("ready") == 200);
    }

    @Test
    void writesOneEventALineUnderItsKeys() throws Exception {
        // Given
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        String marker = UUID.randomUUID().toString();
        try (ScriptedParticipants participants = new ScriptedParticipants(servers, clock).start()) {
            participants.fail("check-homes", Direction.DO, ErrorCode.TARGET_FULL);
            // When
            String migration = Client.request("logged");
            var unused = Client.awaitState(migration, "PARKED");
            Logger.getLogger(HealthApiTest.class)
                    .warn(marker, new IllegalStateException("first line\nsecond line", new IOException("its cause")));
            // Then
            Await.until(
                    "the line of the failed step",
                    SOON,
                    () -> lines().stream()
                            .anyMatch(line -> line.at("/mdc/migration").asText().equals(migration)
                                    && line.at("/mdc/step").asText().equals("check-homes")
                                    && line.at("/mdc/attempt").asText().equals("1")
                                    && line.path("message").asText().startsWith("step failed")));
        }
        List<JsonNode> lines = lines();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("service").asText()).isEqualTo("orchestrator-svc"))
                .allSatisfy(line -> assertThat(line.path("replica").asText()).isNotEmpty())
                .allSatisfy(line -> assertThat(line.path("level").asText()).isNotEmpty())
                .allSatisfy(line -> assertThat(line.path("timestamp").asText()).startsWith("20"));
        JsonNode failure = lines.stream()
                .filter(line -> line.path("message").asText().equals(marker))
                .findFirst()
                .orElseThrow();
        assertThat(failure.path("stackTrace").asText())
                .contains("first line\nsecond line", "Caused by: java.io.IOException: its cause");
    }

    /** Fails at a line that is no JSON object of its own. */
    private static List<JsonNode> lines() throws IOException {
        return Files.readAllLines(LOG).stream().map(HealthApiTest::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static int status(String kind) {
        return given().get("/q/health/" + kind).statusCode();
    }

    /** To the server, but to another database than the service's. */
    private static Connection besides() throws Exception {
        var config = ConfigProvider.getConfig();
        String url = config.getValue("quarkus.datasource.jdbc.url", String.class);
        return DriverManager.getConnection(
                url.replaceFirst("/[^/?]+($|\\?)", "/postgres$1"),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }

    private static void allow(Connection server, boolean allowed) throws Exception {
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        String database = url.replaceFirst("^.*/([^/?]+).*$", "$1");
        try (var statement = server.createStatement()) {
            statement.execute("alter database %s allow_connections %s".formatted(database, allowed));
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                        .formatted(database));
            }
        }
    }
}
