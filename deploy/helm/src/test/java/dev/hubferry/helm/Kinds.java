package dev.hubferry.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Kubernetes and the operators take: every field must be one of theirs. */
final class Kinds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper STRIMZI = new ObjectMapper().setAnnotationIntrospector(new Strict());
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonNode SCHEMAS = schemas();
    private static final Map<String, JsonSchema> READY = new HashMap<>();

    private Kinds() {}

    /** Strimzi's model would keep fields that it does not know. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated ann) {
            return false;
        }
    }

    /** What is wrong with an object; empty for a good one. */
    static List<String> faults(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        return switch (kind) {
            case "kafka.strimzi.io/v1beta2/KafkaTopic" -> strimzi(object, KafkaTopic.class);
            case "kafka.strimzi.io/v1beta2/KafkaUser" -> strimzi(object, KafkaUser.class);
            default ->
                SCHEMAS.path("kinds").has(kind)
                        ? READY.computeIfAbsent(kind, Kinds::schema).validate(object).stream()
                                .map(fault -> Rendered.title(object) + ": " + fault.getMessage())
                                .toList()
                        : List.of("nobody knows the kind " + kind);
        };
    }

    private static List<String> strimzi(JsonNode object, Class<?> type) {
        try {
            var unused = STRIMZI.treeToValue(object, type);
            return List.of();
        } catch (IOException e) {
            return List.of(Rendered.title(object) + ": " + e.getMessage());
        }
    }

    private static JsonSchema schema(String kind) {
        ObjectNode schema = SCHEMAS.path("kinds").path(kind).deepCopy();
        schema.set("$defs", SCHEMAS.path("$defs"));
        return FACTORY.getSchema(schema);
    }

    private static JsonNode schemas() {
        try (InputStream file = Objects.requireNonNull(Kinds.class.getResourceAsStream("/kinds.json"))) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
