package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docs/asyncapi.yaml promises, held against what is on the topic. */
final class PublicContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private final String servers;
    private final JsonNode messages;

    PublicContract(String servers) throws IOException {
        this.servers = servers;
        Object document = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("../docs/asyncapi.yaml")));
        this.messages = JSON.valueToTree(document).at("/components/messages");
    }

    /** Of every record of a topic that is there; at least one must be. */
    List<String> violations(String topic) throws IOException {
        List<String> violations = new ArrayList<>();
        int looked = 0;
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    violations.addAll(violations(record));
                    looked++;
                }
            }
        }
        return looked == 0 ? List.of("the topic is empty") : violations;
    }

    private List<String> violations(ConsumerRecord<String, byte[]> record) throws IOException {
        ObjectNode headers = JSON.createObjectNode();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        String type = headers.path("ce_type").asText();
        JsonNode message = messages.path(type);
        if (message.isMissingNode()) {
            return List.of(type + " is not in the document");
        }
        List<String> violations = new ArrayList<>();
        SCHEMAS.getSchema(message.path("headers"))
                .validate(headers)
                .forEach(wrong -> violations.add(type + " headers: " + wrong));
        SCHEMAS.getSchema(message.path("payload"))
                .validate(JSON.readTree(record.value()))
                .forEach(wrong -> violations.add(type + ": " + wrong));
        return violations;
    }
}
