package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ConnectionReport.Standing;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.WatchedConnections.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionReporterTest {
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final FakeConnections connections = new FakeConnections();
    private final Signal changed = new Signal();
    private final ConnectionWatchConfig config = ConnectionWatchConfigTest.config(
            Map.of("hubferry.connection-watch.every", "PT0.02S", "hubferry.connection-watch.report-every", "PT1H"));
    private final ConnectionReporter reporter = new ConnectionReporter(
            new ConnectionReporter.Origin(Participant.STORAGE, "/hubferry/storage-svc", "storage-svc@a/1", config),
            new ConnectionWatch(connections, config, Clock.systemUTC(), changed),
            producer,
            Clock.systemUTC(),
            changed);

    @AfterEach
    void stop() {
        reporter.stop();
    }

    private List<ConnectionReport> said() {
        return producer.history().stream()
                .map(sent -> ConnectionReports.decode(Kit.received(sent, 0)).orElseThrow())
                .toList();
    }

    @Test
    void saysAtOnceWhatHasChangedAndOneReportAtATime() {
        // Given the first report is not acknowledged yet
        reporter.start();
        Kit.until("the first report", () -> !producer.history().isEmpty());
        connections.answer(() -> new Finding.Answers(Map.of("address", "10.0.0.1:22")));
        Kit.until("questions", () -> connections.asked() > 5);
        // When
        assertThat(said()).hasSize(1);
        producer.completeNext();
        // Then
        Kit.until("the change", () -> said().size() == 2);
        assertThat(said()).extracting(ConnectionReport::number).containsExactly(1L, 2L);
        ConnectionReport last = said().getLast();
        assertThat(last.service()).isEqualTo(Participant.STORAGE);
        assertThat(last.reportedEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(last.connections()).extracting(Connection::name).containsExactly("nfs-new", "nfs-old");
        assertThat(last.connections().getLast().standing()).isEqualTo(Standing.ANSWERS);
        assertThat(last.connections().getLast().facts()).containsEntry("address", "10.0.0.1:22");
    }

    @Test
    void goesOnAfterABrokerThatTookNothing() {
        // Given
        reporter.start();
        Kit.until("the first report", () -> !producer.history().isEmpty());
        // When
        producer.errorNext(new IllegalStateException("no such topic"));
        connections.answer(() -> new Finding.Fails(ErrorCode.SSH_UNREACHABLE, "down"));
        // Then
        Kit.until("the failure", () -> said().getLast().connections().getLast().standing() == Standing.FAILS);
    }

    @Test
    void isACloudEventAboutAServiceWithTheReplicaAsKey() {
        // When
        ProducerRecord<String, byte[]> made = ConnectionReports.encode(report(), "/hubferry/k8s-svc");
        // Then
        assertThat(made.topic()).isEqualTo(Topics.CONNECTIONS);
        assertThat(made.key()).isEqualTo("k8s-svc@a/1");
        assertThat(header(made, "ce_type")).isEqualTo("hubferry.connection-report.v1");
        assertThat(header(made, "ce_subject")).isEqualTo("k8s");
        assertThat(header(made, "ce_source")).isEqualTo("/hubferry/k8s-svc");
        assertThat(ConnectionReports.decode(Kit.received(made, 0))).contains(report());
    }

    @Test
    void readsWhatANewerVersionSays() {
        // Given
        String newer = """
                {"service": "k8s", "replica": "r", "number": 3, "at": "2026-03-01T10:00:00Z", "reportedEvery": "PT30S",
                 "askedEvery": "PT1M", "mood": "fine", "connections": [
                   {"kind": "OBJECT_STORE", "name": "attic", "standing": "DREAMS", "code": "TOO_COZY", "smell": "dust"}]}
                """;
        ProducerRecord<String, byte[]> made = ConnectionReports.encode(report(), "/hubferry/k8s-svc");
        // When
        var read = ConnectionReports.decode(Kit.received(with(made, newer), 0)).orElseThrow();
        // Then
        Connection attic = read.connections().getFirst();
        assertThat(attic.kind()).isEqualTo(ConnectionKind.OTHER);
        assertThat(attic.standing()).isEqualTo(Standing.UNASKED);
        assertThat(attic.code()).contains(ErrorCode.UNEXPECTED);
        assertThat(attic.facts()).isEmpty();
    }

    @Test
    void dropsWhatIsNoReport() {
        ProducerRecord<String, byte[]> made = ConnectionReports.encode(report(), "/hubferry/k8s-svc");
        assertThat(ConnectionReports.decode(Kit.received(with(made, "{\"service\": \"k8s\"}"), 0)))
                .isEmpty();
        assertThat(ConnectionReports.decode(Kit.received(with(made, "null"), 0)))
                .isEmpty();
        assertThat(ConnectionReports.decode(Kit.received(new ProducerRecord<>("t", "k", new byte[0]), 0)))
                .isEmpty();
    }

    private static ConnectionReport report() {
        return new ConnectionReport(
                Participant.K8S,
                "k8s-svc@a/1",
                7,
                Instant.parse("2026-03-01T10:00:00Z"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                List.of(
                        Connection.unasked(ConnectionKind.CLUSTER, "new"),
                        new Connection(
                                ConnectionKind.CLUSTER,
                                "old",
                                Standing.FAILS,
                                Optional.of(Instant.parse("2026-03-01T09:00:00Z")),
                                Optional.of(Instant.parse("2026-03-01T09:59:30.5Z")),
                                Optional.of(ErrorCode.CLUSTER_UNREACHABLE),
                                Optional.of("no answer"),
                                Map.of("kubernetes", "v1.34.1"))));
    }

    private static ProducerRecord<String, byte[]> with(ProducerRecord<String, byte[]> made, String body) {
        return new ProducerRecord<>(
                made.topic(), null, made.key(), body.getBytes(StandardCharsets.UTF_8), made.headers());
    }

    private static String header(ProducerRecord<String, byte[]> made, String name) {
        return new String(made.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
