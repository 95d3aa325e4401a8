package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ConnectionReport.Standing;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports on connections on a real broker, as they are shown over REST. */
@QuarkusTest
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class ConnectionsApiTest {
    private static final String CONNECTIONS = "/api/v1/connections";
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    TestClock clock;

    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void connect() {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        // What was said here is forgotten by the next test.
        clock.advance(Duration.ofMinutes(2));
        producer.close();
    }

    @Test
    void showsWhatParticipantsSay() {
        // When
        JsonPath shown = sayUntil(
                json -> "FAILS".equals(json.getString("connections.find { it.name == 'old' }.state"))
                        && "ANSWERS".equals(json.getString("connections.find { it.name == 'nfs-old' }.state")),
                report(
                        Participant.K8S,
                        "k1",
                        answers(ConnectionKind.CLUSTER, "old"),
                        answers(ConnectionKind.CLUSTER, "newer")),
                report(Participant.DB, "d1", fails(ConnectionKind.CLUSTER, "old")),
                report(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old")));

        // Then
        assertThat(shown.getString("listeningSince")).isNotBlank();
        String k8s = "connections.find { it.name == 'old' }.services.find { it.service == 'k8s' }.";
        assertThat(shown.getString(k8s + "state")).isEqualTo("ANSWERS");
        assertThat(shown.getString(k8s + "facts.kubernetes")).isEqualTo("v1.34.1");
        assertThat(shown.getInt(k8s + "replicas")).isOne();
        assertThat(shown.getString(k8s + "checkedAt")).isNotBlank();
        assertThat(shown.getString(k8s + "since")).isNotBlank();
        String db = "connections.find { it.name == 'old' }.services.find { it.service == 'db' }.";
        assertThat(shown.getString(db + "code")).isEqualTo("CLUSTER_UNREACHABLE");
        assertThat(shown.getString(db + "cause")).isEqualTo("it does not answer");
        assertThat(shown.getString("connections.find { it.name == 'example' }.state"))
                .isEqualTo("UNKNOWN");
        assertThat(shown.getString("connections.find { it.name == 'example' }.services[0].cause"))
                .contains("dns-svc");
        assertThat(shown.getBoolean("connections.find { it.name == 'newer' }.usableInSpecs"))
                .isFalse();
        assertThat(shown.getList("mismatches.name", String.class)).contains("new", "newer", "nfs-new");
        assertThat(shown.getList("mismatches.remedy", String.class)).anyMatch(remedy -> remedy.contains("hubferry."));
    }

    @Test
    void saysThatAServiceIsSilent() {
        // Given
        var unused = sayUntil(
                json -> "ANSWERS".equals(json.getString("connections.find { it.name == 'nfs-old' }.state")),
                report(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old")));
        // When
        clock.advance(Duration.ofMinutes(2));
        // Then
        JsonPath shown = get("");
        assertThat(shown.getString("connections.find { it.name == 'nfs-old' }.state"))
                .isEqualTo("UNKNOWN");
        assertThat(shown.getString("connections.find { it.name == 'nfs-old' }.services[0].cause"))
                .contains("storage-svc is silent");
    }

    @Test
    void showsOneKindOnly() {
        as(OrchestratorResource.VIEWER)
                .get(CONNECTIONS + "?kind=storage")
                .then()
                .statusCode(200)
                .body("connections.kind", everyItem(equalTo("STORAGE")))
                .body("connections.name", hasItems("nfs-old", "nfs-new", "nfs-narrow"));
        as(OrchestratorResource.VIEWER)
                .get(CONNECTIONS + "?kind=storages")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", containsString("bad-parameter"))
                .body("detail", containsString("cluster, storage, zone"))
                .body("detail", containsString("storages"));
    }

    @Test
    void isForEverybodyWithAToken() {
        for (String token :
                List.of(OrchestratorResource.VIEWER, OrchestratorResource.OPERATOR, OrchestratorResource.APPROVER)) {
            as(token).get(CONNECTIONS).then().statusCode(200).body("connections.name", hasItem("example"));
        }
        RestAssured.get(CONNECTIONS).then().statusCode(401);
    }

    /** Says it again and again, as participants do, since what is said before the orchestrator listens is not heard. */
    private JsonPath sayUntil(Predicate<JsonPath> condition, ConnectionReport... reports) {
        return Await.value("what was said", SOON, () -> {
            for (ConnectionReport report : reports) {
                send(report);
            }
            return Optional.of(get("")).filter(condition);
        });
    }

    private static JsonPath get(String query) {
        return as(OrchestratorResource.VIEWER)
                .get(CONNECTIONS + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void send(ConnectionReport report) throws Exception {
        ConnectionReport next = new ConnectionReport(
                report.service(),
                report.replica(),
                System.nanoTime(),
                report.at(),
                report.reportedEvery(),
                report.askedEvery(),
                report.connections());
        var record = new ProducerRecord<>(
                Topics.CONNECTIONS, report.replica(), WireJson.mapper().writeValueAsBytes(next));
        record.headers().add("ce_type", "hubferry.connection-report.v1".getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(record).get();
    }

    private static ConnectionReport report(Participant service, String replica, Connection... connections) {
        return new ConnectionReport(
                service,
                replica,
                0,
                Instant.parse("2026-03-01T10:00:00Z"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                List.of(connections));
    }

    private static Connection answers(ConnectionKind kind, String name) {
        return new Connection(
                kind,
                name,
                Standing.ANSWERS,
                Optional.of(Instant.parse("2026-03-01T09:00:00Z")),
                Optional.of(Instant.parse("2026-03-01T10:00:00Z")),
                Optional.empty(),
                Optional.empty(),
                Map.of("kubernetes", "v1.34.1"));
    }

    private static Connection fails(ConnectionKind kind, String name) {
        return new Connection(
                kind,
                name,
                Standing.FAILS,
                Optional.of(Instant.parse("2026-03-01T09:00:00Z")),
                Optional.of(Instant.parse("2026-03-01T10:00:00Z")),
                Optional.of(ErrorCode.CLUSTER_UNREACHABLE),
                Optional.of("it does not answer"),
                Map.of());
    }
}
