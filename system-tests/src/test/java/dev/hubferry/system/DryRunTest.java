package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.http.Mutation;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.namecheap.ApiCommand;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.demo.MigrationClient;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldImage;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    private static final String EVENTS = "hubferry.events";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aDryRunSaysWhatWouldBeDoneAndLeavesTheWorldAsItIs() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world")).withHomesOf(3, 100, 1);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            world.startServices(Project.root());
            Map<String, String> before = WorldImage.of(world);
            String newHomes = Trees.fingerprint(world.hubs().newHomes());
            long changes = changes(world);

            // When
            JsonNode plan = plan(world, DemoSpec.of(world));

            // Then
            assertThat(plan.path("verdict").asText()).as("%s", plan).isEqualTo("READY");
            assertThat(plan.at("/sizes/homes/entries").asLong()).isGreaterThan(100);
            assertThat(plan.at("/zone/after/value").asText())
                    .isNotEmpty()
                    .isNotEqualTo(plan.at("/zone/before/value").asText());
            assertThat(WorldImage.of(world)).isEqualTo(before);
            assertThat(Trees.fingerprint(world.hubs().newHomes())).isEqualTo(newHomes);
            assertThat(changes(world)).isEqualTo(changes);
            assertThat(podsOfHubferry(world)).isEmpty();
            assertThat(events(world)).isZero();
        }
    }

    private static JsonNode plan(SandboxWorld world, JsonNode spec) throws Exception {
        MigrationClient client = new MigrationClient(
                world.services(Service.ORCHESTRATOR).getFirst().url(),
                world.tokens().all());
        String id = client.plan(spec).path("id").asText();
        return Await.value("the plan", Duration.ofMinutes(5), () -> {
            JsonNode plan = client.plan(id);
            return Optional.of(plan).filter(json -> json.has("verdict"));
        });
    }

    /** All that the clusters and the zone were asked to change, but for short-lived pods of Hubferry. */
    private static long changes(SandboxWorld world) {
        return clusters()
                        .flatMap(name -> world.cluster(name).kubernetes().mutations().all().stream())
                        .filter(mutation -> List.of("services", "deployments", "deployments/scale", "secrets")
                                .contains(mutation.resource()))
                        .map(Mutation::name)
                        .count()
                + world.zone().namecheap().calls(ApiCommand.SET_HOSTS);
    }

    private static List<String> podsOfHubferry(SandboxWorld world) {
        return clusters()
                .flatMap(name -> world.cluster(name).world().list(ResourceTypes.PODS, SandboxWorld.HUB, "").stream())
                .map(pod -> pod.at("/metadata/name").asText())
                .filter(name -> name.startsWith("hubferry-"))
                .toList();
    }

    private static Stream<String> clusters() {
        return Stream.of(SandboxWorld.OLD, SandboxWorld.NEW);
    }

    /** How many records the public topic has. */
    private static long events(SandboxWorld world) {
        Map<String, Object> settings = Map.of("bootstrap.servers", world.kafka().bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
