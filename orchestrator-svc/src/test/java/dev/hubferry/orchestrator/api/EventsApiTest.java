package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.orchestrator.api.EventsClient.Event;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class EventsApiTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @Inject
    TestClock clock;

    private final String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    private ScriptedParticipants participants;

    @BeforeEach
    void startParticipants() {
        if (participants == null) {
            participants = new ScriptedParticipants(servers, clock).start();
        }
        participants.reset();
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void tellsTheStoryFromTheFirstEventToTheLast() {
        // Given somebody listens before anything happens, and an answer waits
        String migration = Client.request("story");
        try (EventsClient client = new EventsClient(migration, 0)) {
            Await.until("the gate", SOON, () -> client.names().contains("hubferry.approval-awaited.v1"));

            // When
            Client.answer(migration, "approve-plan", false).then().statusCode(200);

            // Then the stream ends by itself, and no number is missing
            Await.until("the end", SOON, client::hasEnded);
            assertThat(client.names())
                    .startsWith("hubferry.migration-requested.v1", "hubferry.step-started.v1")
                    .endsWith(
                            "hubferry.approval-answered.v1",
                            "hubferry.compensation-started.v1",
                            "hubferry.migration-rolled-back.v1");
            assertThat(client.events().stream().map(Event::id))
                    .containsExactlyElementsOf(numbers(1, client.events().size()));
            assertThat(client.events().getLast().data())
                    .contains("\"sequence\":" + client.events().size())
                    .contains("\"type\":\"hubferry.migration-rolled-back.v1\"")
                    .contains("\"cause\":\"approve-plan was rejected by anna: as scripted\"");
        }
    }

    @Test
    void goesOnAfterTheLastEventThatAClientHas() {
        // Given
        String migration = Client.request("resume");
        Client.awaitGate(migration, "approve-plan");
        Client.abort(migration).then().statusCode(200);
        var unused = Client.awaitState(migration, "ROLLED_BACK");
        int all = readToTheEnd(migration, 0).size();

        // Then
        assertThat(readToTheEnd(migration, all - 2).stream().map(Event::id))
                .containsExactlyElementsOf(numbers(all - 1, all));
        assertThat(readToTheEnd(migration, all)).isEmpty();
    }

    @Test
    void tellsProgressWithoutANumber() {
        // Given
        participants.hold("seed-homes");
        String migration = Client.request("live-progress");
        Client.approve(migration, "approve-plan");
        Await.until("the step", SOON, () -> participants.holds("seed-homes"));

        // When
        try (EventsClient client = new EventsClient(migration, 0)) {
            Await.until("progress", SOON, () -> {
                participants.report("seed-homes", new Progress("seed pass 1", 5, 10, 1, 2));
                return client.names().contains("hubferry.progress.v1");
            });

            // Then
            assertThat(client.events().getLast().id()).isEmpty();
            assertThat(client.events().getLast().data())
                    .contains("\"step\":\"seed-homes\"", "\"direction\":\"do\"", "\"bytesDone\":5");
        }
    }

    @Test
    void refusesAStreamOfNothing() {
        as(OrchestratorResource.VIEWER)
                .get(MIGRATIONS + "/nobody/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        as(OrchestratorResource.VIEWER)
                .header("Last-Event-ID", "x")
                .get(MIGRATIONS + "/" + Client.request("stream-of-nothing") + "/events")
                .then()
                .statusCode(400);
        as("wrong").get(MIGRATIONS + "/nobody/events").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "x => must be an event's number, a whole one from 0 on, but was 'x'",
                "-1 => must be an event's number, a whole one from 0 on, but was '-1'",
                "1.5 => but was '1.5'",
                "9223372036854775808 => but was '9223372036854775808'",
                "100000 => Last-Event-ID is 100000, but ",
                "9223372036854775807 => has no event of this number yet"
            })
    void refusesANumberThatNoEventHas(String number, String detail) {
        as(OrchestratorResource.VIEWER)
                .header("Last-Event-ID", number)
                .get(MIGRATIONS + "/" + Client.request("number-" + Math.abs(number.hashCode())) + "/events")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:bad-header"))
                .body("detail", containsString(detail));
    }

    @Test
    void publishesTheSameEventsInOrderAndWithoutGaps() {
        // When
        String migration = Client.request("public");
        Client.approve(migration, "approve-plan");
        Client.approve(migration, "approve-downtime");
        Client.approve(migration, "approve-cleanup");
        var unused = Client.awaitState(migration, "COMPLETED");

        // Then
        List<String> streamed =
                readToTheEnd(migration, 0).stream().map(Event::name).toList();
        List<Long> sequences = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (var consumer = consumer()) {
            consumer.subscribe(List.of(Topics.EVENTS));
            Await.until("all public events", SOON, () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (migration.equals(record.key()) && MessageCodec.decode(record) instanceof Decoded.Known known) {
                        assertThat(known.message().body()).isInstanceOf(MigrationEvent.class);
                        sequences.add(known.message().envelope().sequence().orElseThrow());
                        types.add(known.message().envelope().type());
                    }
                });
                return types.contains("hubferry.migration-completed.v1");
            });
        }
        assertThat(types).isEqualTo(streamed);
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(1, types.size()).boxed().toList());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        "public-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<Event> readToTheEnd(String migration, long lastEventId) {
        try (EventsClient client = new EventsClient(migration, lastEventId)) {
            Await.until("the end of the stream", SOON, client::hasEnded);
            return List.copyOf(client.events());
        }
    }

    private static List<String> numbers(int from, int to) {
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
    }
}
