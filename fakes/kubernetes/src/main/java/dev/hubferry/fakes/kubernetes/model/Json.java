package dev.hubferry.fakes.kubernetes.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small readings and writings of JSON trees, so that the rest of the fake never fiddles with missing nodes. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Parses YAML or JSON (which is YAML too) into an object. */
    public static ObjectNode parse(String yamlOrJson) {
        try {
            if (YAML.readTree(yamlOrJson) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON or YAML object: " + abbreviate(yamlOrJson));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON or YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** Parses strict JSON of any form. */
    public static JsonNode parseJson(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node at the path; a missing node, never null, where nothing stands. */
    public static JsonNode at(JsonNode node, String... path) {
        JsonNode here = node;
        for (String step : path) {
            here = here.path(step);
        }
        return here;
    }

    /** The text at the path, "" where nothing stands. */
    public static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    public static boolean has(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return !found.isMissingNode() && !found.isNull();
    }

    /** The object at the path of a tree that the caller owns; it is made where nothing stands. */
    public static ObjectNode ensureObject(ObjectNode root, String... path) {
        ObjectNode here = root;
        for (String step : path) {
            here = here.get(step) instanceof ObjectNode child ? child : here.putObject(step);
        }
        return here;
    }

    public static ArrayNode ensureArray(ObjectNode root, String field) {
        return root.get(field) instanceof ArrayNode array ? array : root.putArray(field);
    }

    public static void putIfAbsent(ObjectNode object, String field, JsonNode value) {
        if (!has(object, field)) {
            object.set(field, value);
        }
    }

    public static void putIfAbsent(ObjectNode object, String field, String value) {
        putIfAbsent(object, field, JsonNodeFactory.instance.textNode(value));
    }

    public static void putIfAbsent(ObjectNode object, String field, int value) {
        putIfAbsent(object, field, JsonNodeFactory.instance.numberNode(value));
    }

    /** Sets the field when the other object has it, removes it otherwise. */
    public static void copyField(ObjectNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    public static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode item : array) {
            if (item instanceof ObjectNode object) {
                found.add(object);
            }
        }
        return found;
    }

    public static List<String> texts(JsonNode array) {
        List<String> found = new ArrayList<>();
        array.forEach(item -> found.add(item.asText()));
        return found;
    }

    public static Map<String, String> textMap(JsonNode object) {
        Map<String, String> found = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> found.put(entry.getKey(), entry.getValue().asText()));
        return found;
    }

    /** A copy without null fields, which the API server takes for absent ones. */
    public static ObjectNode withoutNulls(ObjectNode object) {
        ObjectNode copy = object();
        object.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                copy.set(entry.getKey(), withoutNulls(entry.getValue()));
            }
        });
        return copy;
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return withoutNulls(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array();
            array.forEach(item -> copy.add(withoutNulls(item)));
            return copy;
        }
        return node;
    }

    /** A text that is the same for objects that mean the same: fields sorted, empty ones left out. */
    public static String canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.properties().stream()
                    .filter(entry -> !isEmpty(entry.getValue()))
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + ":" + canonical(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof ArrayNode array) {
            return array.valueStream().map(Json::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isNull() || (node.isContainerNode() && node.isEmpty());
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
