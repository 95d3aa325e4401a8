package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(KafkaBroker.Options.defaults().withAutoCreateTopics(false));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void keepsRecordsOverAKill() throws Exception {
        // Given
        broker.createTopics(3, "letters");
        broker.createTopics(3, "letters");
        send("letters", "before");

        // When
        broker.kill();
        broker.restart();
        send("letters", "after");

        // Then
        assertThat(read("letters", 2)).containsExactlyInAnyOrder("before", "after");
    }

    private static Set<String> names(Admin admin) throws Exception {
        return admin.listTopics().names().get(1, TimeUnit.MINUTES);
    }

    @Test
    void createsNoTopicsByItselfWhenToldSo() throws Exception {
        // When
        try (var admin = broker.admin()) {
            broker.createTopics(1, "known");

            // Then
            // The broker learns of a topic a moment after its controller.
            Await.until("the topic", Duration.ofMinutes(1), () -> names(admin).contains("known"));
            assertThat(names(admin)).doesNotContain("unknown");
        }
    }

    @Test
    void staysSmall() {
        assertThat(broker.process().residentBytes()).isBetween(1L << 20, 500L << 20);
    }

    @Test
    void leavesNoProcessAndNoFileWhenClosed() {
        // Given
        KafkaBroker other = KafkaBroker.start();
        long pid = other.pid();

        // When
        other.close();

        // Then
        assertThat(ProcessHandle.of(pid)).isEqualTo(Optional.empty());
        assertThat(other.process().log().getParent()).doesNotExist();
    }

    private static void send(String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "reader", "auto.offset.reset", "earliest");
        List<String> values = new java.util.ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Await.until("records", Duration.ofSeconds(30), () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
