package dev.hubferry.fakes.kubernetes.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;

/** RFC 6902; an operation that does not fit fails the whole patch with 422. */
final class JsonPatch {

    private JsonPatch() {}

    static ObjectNode apply(ObjectNode target, JsonNode patch) {
        if (!(patch instanceof ArrayNode operations)) {
            throw ApiFailure.badRequest("error decoding patch: json: cannot unmarshal into jsonpatch.Patch");
        }
        ObjectNode result = target;
        for (JsonNode operation : operations) {
            if (!(step(result, operation) instanceof ObjectNode object)) {
                throw unfit(operation);
            }
            result = object;
        }
        return result;
    }

    private static JsonNode step(ObjectNode root, JsonNode operation) {
        String path = Json.text(operation, "path");
        return switch (Json.text(operation, "op")) {
            case "add" -> add(root, operation, path, operation.path("value").deepCopy());
            case "remove" -> remove(root, operation, path);
            case "replace" -> replace(root, operation, path);
            case "test" -> test(root, operation, path);
            case "copy" -> add(root, operation, path, from(root, operation).deepCopy());
            case "move" -> {
                JsonNode moved = from(root, operation).deepCopy();
                remove(root, operation, Json.text(operation, "from"));
                yield add(root, operation, path, moved);
            }
            default -> throw unfit(operation);
        };
    }

    private static JsonNode add(ObjectNode root, JsonNode operation, String path, JsonNode value) {
        if (path.isEmpty()) {
            return value;
        }
        JsonPointer pointer = pointer(path);
        JsonNode parent = root.at(pointer.head());
        String last = pointer.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            int index = "-".equals(last) ? array.size() : pointer.last().getMatchingIndex();
            if (index < 0 || index > array.size()) {
                throw unfit(operation);
            }
            array.insert(index, value);
        } else {
            throw unfit(operation);
        }
        return root;
    }

    private static JsonNode remove(ObjectNode root, JsonNode operation, String path) {
        JsonPointer pointer = pointer(path);
        requirePresent(root, operation, pointer);
        JsonNode parent = root.at(pointer.head());
        if (parent instanceof ObjectNode object) {
            object.remove(pointer.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.remove(pointer.last().getMatchingIndex());
        }
        return root;
    }

    private static JsonNode replace(ObjectNode root, JsonNode operation, String path) {
        JsonNode value = operation.path("value").deepCopy();
        if (path.isEmpty()) {
            return value;
        }
        JsonPointer pointer = pointer(path);
        requirePresent(root, operation, pointer);
        JsonNode parent = root.at(pointer.head());
        if (parent instanceof ObjectNode object) {
            object.set(pointer.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), value);
        }
        return root;
    }

    private static JsonNode test(ObjectNode root, JsonNode operation, String path) {
        if (!root.at(pointer(path)).equals(JsonPatch::compareValues, operation.path("value"))) {
            throw ApiFailure.unprocessable("testing value " + path + " failed: test failed");
        }
        return root;
    }

    /** Numbers are equal by value, whatever Java type holds them. */
    private static int compareValues(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    }

    private static JsonNode from(ObjectNode root, JsonNode operation) {
        JsonPointer from = pointer(Json.text(operation, "from"));
        requirePresent(root, operation, from);
        return root.at(from);
    }

    private static void requirePresent(ObjectNode root, JsonNode operation, JsonPointer pointer) {
        if (pointer.matches() || root.at(pointer).isMissingNode()) {
            throw unfit(operation);
        }
    }

    private static JsonPointer pointer(String path) {
        try {
            return JsonPointer.compile(path);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    private static ApiFailure unfit(JsonNode operation) {
        return ApiFailure.unprocessable("the server rejected our request due to an error in our request: "
                + Json.text(operation, "op") + " operation does not apply: doc is missing path: "
                + Json.text(operation, "path"));
    }
}
