package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document is kept beside the docs, whole, and consistent in itself. */
class AsyncApiTest {
    private static final Path KEPT = Path.of("../docs/asyncapi.yaml");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9.\\-_]+");

    private final AsyncApi api;
    private final JsonNode document;

    AsyncApiTest() throws IOException {
        api = new AsyncApi(Descriptions.read());
        document = api.document();
    }

    @Test
    void isKeptBesideTheDocs() throws IOException {
        if (Boolean.getBoolean("hubferry.write-docs")) {
            Files.writeString(KEPT, api.yaml());
        }
        assertThat(Files.readString(KEPT))
                .as("docs/asyncapi.yaml; -Dhubferry.write-docs=true writes it anew")
                .isEqualTo(api.yaml());
    }

    @Test
    void everyEventIsOnTheTopicOfEvents() {
        assertThat(names(document.at("/channels/events/messages")))
                .isEqualTo(Stream.of(MigrationEvent.class.getPermittedSubclasses())
                        .map(type -> type.getAnnotation(WireType.class).value())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyAnswerIsOnTheTopicOfAnswers() {
        assertThat(names(document.at("/channels/answers/messages")))
                .isEqualTo(Stream.of(RequestAnswer.class.getPermittedSubclasses())
                        .map(type -> type.getAnnotation(WireType.class).value())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyClaimOfARequestIsDescribedAndItsExampleRight() {
        JsonNode claims = document.at("/components/schemas/requestClaims");
        assertThat(undescribed("claims", claims)).isEmpty();
        assertThat(SCHEMAS.getSchema(claims).validate(claims.at("/examples/0"))).isEmpty();
        assertThat(claims.at("/properties/type/enum")).hasSize(RequestType.values().length);
    }

    @Test
    void everyTopicIsNamed() throws ReflectiveOperationException {
        Set<String> topics = new TreeSet<>();
        for (var field : Topics.class.getFields()) {
            topics.add((String) field.get(null));
        }
        for (Participant participant : Participant.values()) {
            topics.add(Topics.commandsFor(participant));
        }
        assertThat(document.path("channels"))
                .extracting(channel -> channel.path("address").asText())
                .containsExactlyInAnyOrderElementsOf(topics);
        assertThat(document.path("channels"))
                .allSatisfy(channel ->
                        assertThat(channel.path("description").asText()).isNotBlank());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, "$ref", references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void everyMessageSaysWhenItIsSaidAndWhatEachPropertyIs() {
        List<String> gaps = new ArrayList<>();
        for (JsonNode message : document.at("/components/messages")) {
            String name = message.path("name").asText();
            assertThat(message.path("summary").asText()).as(name).isNotBlank();
            gaps.addAll(undescribed(name, message.path("payload")));
        }
        assertThat(gaps).isEmpty();
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        for (JsonNode message : document.at("/components/messages")) {
            String name = message.path("name").asText();
            assertThat(message.path("examples")).as(name).isNotEmpty();
            for (JsonNode example : message.path("examples")) {
                for (String part : List.of("payload", "headers")) {
                    assertThat(SCHEMAS.getSchema(message.path(part)).validate(example.path(part)))
                            .as(name + " " + part)
                            .isEmpty();
                }
            }
        }
    }

    /** What the schema of AsyncAPI 3.0 wants of the parts that are used. */
    @Test
    void hasTheFormOfAsyncApi() {
        assertThat(names(document))
                .containsExactlyInAnyOrder(
                        "asyncapi", "info", "defaultContentType", "channels", "operations", "components");
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(names(document.path("info"))).contains("title", "version");
        for (JsonNode keyed :
                List.of(document.path("channels"), document.path("operations"), document.at("/components/messages"))) {
            assertThat(names(keyed)).allSatisfy(key -> assertThat(key).matches(KEY));
        }
        assertThat(document.path("channels"))
                .allSatisfy(channel -> assertThat(Set.of("address", "title", "description", "messages", "bindings"))
                        .containsAll(names(channel)));
        assertThat(document.path("operations")).allSatisfy(operation -> {
            assertThat(operation.path("action").asText()).isIn("send", "receive");
            assertThat(operation.at("/channel/$ref").asText()).startsWith("#/channels/");
        });
        assertThat(document.at("/components/messages"))
                .allSatisfy(message -> assertThat(
                                Set.of("name", "title", "summary", "contentType", "payload", "headers", "examples"))
                        .containsAll(names(message)));
    }

    private static List<String> undescribed(String at, JsonNode schema) {
        List<String> gaps = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = at + "." + property.getKey();
            if (property.getValue().path("description").asText().isBlank()) {
                gaps.add(name);
            }
            gaps.addAll(undescribed(name, property.getValue()));
        }
        for (String within : List.of("items", "allOf", "anyOf")) {
            JsonNode inner = schema.path(within);
            if (inner.isObject()) {
                gaps.addAll(undescribed(at, inner));
            }
            if (inner.isArray()) {
                inner.forEach(each -> gaps.addAll(undescribed(at, each)));
            }
        }
        return gaps;
    }

    private static void collect(JsonNode node, String field, List<String> found) {
        if (node.path(field).isTextual()) {
            found.add(node.path(field).textValue());
        }
        node.forEach(child -> collect(child, field, found));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
