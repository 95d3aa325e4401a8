package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An OpenAPI document, for tests to walk through. */
final class OpenApi {
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> EVERYWHERE = Set.of("401", "403", "429", "503");
    private static final Set<String> WITH_BODY = Set.of("400", "409", "413", "415", "422");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode document;

    OpenApi(JsonNode document) {
        this.document = document;
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /** In the document's order. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    JsonNode problemSchema() {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/ProblemDetail");
    }

    /** Every example of a problem, by where it stands. */
    Map<String, JsonNode> problemExamples() {
        Map<String, JsonNode> examples = new TreeMap<>();
        document.at("/components/responses")
                .properties()
                .forEach(response -> response.getValue()
                        .path("content")
                        .path(PROBLEM)
                        .path("examples")
                        .properties()
                        .forEach(example -> examples.put(
                                response.getKey() + "/" + example.getKey(),
                                example.getValue().path("value"))));
        return examples;
    }

    /** What of a value is not as a schema of this document says; a field that the schema does not have is also wrong. */
    Set<ValidationMessage> violations(JsonNode schema, JsonNode value) {
        ObjectNode root = schema.deepCopy();
        root.set("components", closed(document.path("components").deepCopy()));
        return SCHEMAS.getSchema(closed(root)).validate(value);
    }

    /** Lets no object have fields that its schema does not name. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(OpenApi::closed);
        return schema;
    }

    /** Of long lists the first two. */
    static JsonNode shortened(JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode few = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < Math.min(2, array.size()); i++) {
                few.add(shortened(array.get(i)));
            }
            return few;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode few = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> few.set(field.getKey(), shortened(field.getValue())));
            return few;
        }
        return value;
    }

    /** A method of a path. */
    final class Operation {
        private final String path;
        private final String method;
        private final JsonNode node;

        private Operation(String path, String method, JsonNode node) {
            this.path = path;
            this.method = method;
            this.node = node;
        }

        String path() {
            return path;
        }

        String method() {
            return method;
        }

        String id() {
            return node.path("operationId").asText();
        }

        String name() {
            return method + " " + path;
        }

        String url(String migration) {
            return path.replace("{id}", migration)
                    .replace("{gate}", "approve-plan")
                    .replace("{row}", "check-homes")
                    .replace("{webhook}", "chat")
                    .replace("{letter}", "0");
        }

        /** By media type. */
        Map<String, JsonNode> requestContents() {
            return contents(node.path("requestBody"));
        }

        /** Of the answers when all is well, by status and media type. */
        Map<String, JsonNode> responseContents() {
            Map<String, JsonNode> contents = new LinkedHashMap<>();
            good().forEach(status -> contents(node.path("responses").path(status))
                    .forEach((type, content) -> contents.put(status + " " + type, content)));
            return contents;
        }

        /** Of the JSON when all is well. */
        JsonNode answerSchema(int status) {
            return node.path("responses")
                    .path(Integer.toString(status))
                    .path("content")
                    .path("application/json")
                    .path("schema");
        }

        private List<String> good() {
            List<String> statuses = new ArrayList<>();
            node.path("responses").fieldNames().forEachRemaining(statuses::add);
            return statuses.stream().filter(status -> status.startsWith("2")).toList();
        }

        private static Map<String, JsonNode> contents(JsonNode node) {
            Map<String, JsonNode> contents = new LinkedHashMap<>();
            node.path("content").properties().forEach(type -> contents.put(type.getKey(), type.getValue()));
            return contents;
        }

        /** What a reader would miss. */
        List<String> gaps() {
            List<String> gaps = new ArrayList<>();
            for (String field : List.of("operationId", "summary", "description", "tags")) {
                require(gaps, node.has(field), field);
            }
            node.path("parameters").forEach(parameter -> {
                String name = "parameter " + parameter.path("name").asText();
                require(gaps, !parameter.path("description").asText().isBlank(), name + ": description");
                require(gaps, parameter.has("schema"), name + ": schema");
            });
            requestContents().forEach((type, content) -> {
                require(gaps, content.has("example"), "request " + type + ": example");
                require(gaps, content.has("schema"), "request " + type + ": schema");
            });
            require(gaps, !responseContents().isEmpty(), "a good answer");
            responseContents().forEach((type, content) -> {
                require(gaps, content.has("example"), "answer " + type + ": example");
                require(gaps, content.has("schema"), "answer " + type + ": schema");
            });
            expectedErrors().forEach(status -> problem(gaps, status));
            return gaps;
        }

        private Set<String> expectedErrors() {
            Set<String> statuses = new TreeSet<>(EVERYWHERE);
            if (path.contains("{")) {
                statuses.add("404");
            }
            if (node.has("requestBody")) {
                statuses.addAll(WITH_BODY);
            } else if (method.equals("post")) {
                statuses.add("413");
                statuses.addAll(takesAKey() ? Set.of("400", "409", "422") : Set.of());
            }
            return statuses;
        }

        private boolean takesAKey() {
            return node.path("parameters").findValuesAsText("name").contains("Idempotency-Key");
        }

        private void problem(List<String> gaps, String status) {
            JsonNode response = node.path("responses").path(status);
            if (response.has("$ref")) {
                response = document.at(response.path("$ref").asText().substring(1));
            }
            JsonNode content = response.path("content").path(PROBLEM);
            require(gaps, !response.path("description").asText().isBlank(), status + ": description");
            require(
                    gaps,
                    content.at("/schema/$ref").asText().endsWith("/ProblemDetail"),
                    status + ": the problem's schema");
            require(gaps, !content.path("examples").isEmpty(), status + ": example");
        }

        private static void require(List<String> gaps, boolean there, String what) {
            if (!there) {
                gaps.add(what + " is missing");
            }
        }
    }
}
