package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuarkusResourcesTest {
    @Test
    void shareOneBrokerPerJvm() throws Exception {
        // Given
        KafkaResource first = new KafkaResource();
        KafkaResource second = new KafkaResource();
        second.init(Map.of("topics", "a:3, b"));

        // When
        String servers = first.start().get("kafka.bootstrap.servers");
        first.stop();

        // Then
        assertThat(second.start()).containsEntry("kafka.bootstrap.servers", servers);
        try (var admin = SharedParts.kafka().admin()) {
            // The broker learns of topics a moment after its controller.
            Await.until(
                    "the topics",
                    Duration.ofMinutes(1),
                    () -> admin.listTopics().names().get(1, TimeUnit.MINUTES).containsAll(List.of("a", "b")));
        }
    }

    @Test
    void giveEachStartAFreshDatabaseUnlessOneIsNamed() {
        // Given
        PostgresResource fresh = new PostgresResource();
        PostgresResource named = new PostgresResource();
        named.init(Map.of("database", "shared"));

        // Then
        assertThat(fresh.start().get("quarkus.datasource.jdbc.url"))
                .isNotEqualTo(fresh.start().get("quarkus.datasource.jdbc.url"));
        assertThat(named.start()).isEqualTo(named.start());
        assertThat(named.start().get("quarkus.datasource.jdbc.url")).endsWith("/shared");
    }
}
