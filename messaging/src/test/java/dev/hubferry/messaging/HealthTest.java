package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Vitals vitals = new Vitals();

    @Test
    void isIllWhenAThreadHasEnded() throws Exception {
        // Given
        Thread ended = Thread.ofPlatform().name("a-loop").start(() -> {});
        ended.join();
        vitals.watch(Thread.currentThread());
        assertThat(HealthBeans.threadsOf(vitals).getStatus()).isEqualTo(Status.UP);
        // When
        vitals.watch(ended);
        // Then
        assertThat(HealthBeans.threadsOf(vitals).getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(HealthBeans.threadsOf(vitals))).isEqualTo("these threads have ended: a-loop");
        assertThat(HealthBeans.goingOf(vitals).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isNotReadyButNotIllWhenItStops() {
        // Given
        vitals.watch("a-loop", () -> false);
        // When
        vitals.stop();
        // Then
        assertThat(HealthBeans.threadsOf(vitals).getStatus()).isEqualTo(Status.UP);
        assertThat(reason(HealthBeans.goingOf(vitals))).isEqualTo("the service stops");
    }

    @Test
    void isNotReadyWhenTheBrokerAcknowledgesNothing() {
        assertThat(HealthBeans.outboxOf(Duration.ofSeconds(30)).getStatus()).isEqualTo(Status.UP);
        assertThat(HealthBeans.outboxOf(Duration.ofSeconds(31)).getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(HealthBeans.outboxOf(Duration.ofSeconds(31)))).contains("nothing for 31 s");
    }

    @Test
    void knowsForHowLongMessagesWaitForTheBroker() throws Exception {
        // Given a broker that is silent
        var broker = new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        TestDatabase database = TestDatabase.create();
        var config = MessagingConfigTest.config(Map.of("hubferry.messaging.outbox-poll", "PT0.05S"));
        Outbox outbox = new Outbox();
        var relay = new OutboxRelay(
                database.transactions(), outbox, broker, config, new Meters(new SimpleMeterRegistry()), Traces.NONE);
        relay.start();
        try {
            assertThat(relay.stuckFor()).isZero();
            // When
            database.transactions()
                    .runInTransaction(connection -> OutboxTable.insert(
                            connection, List.of(new OutboxTable.Letter("t", new WireMessage("m", Map.of(), "{}")))));
            // Then
            Kit.until("the relay to wait", () -> relay.stuckFor().compareTo(Duration.ofMillis(100)) > 0);
            // When it speaks
            Kit.until("the message to be sent", broker::completeNext);
            // Then
            Kit.until("the relay to be free", () -> relay.stuckFor().isZero());
        } finally {
            relay.stop();
        }
    }

    private static String reason(HealthCheckResponse response) {
        return String.valueOf(response.getData().orElseThrow().get("reason"));
    }
}
