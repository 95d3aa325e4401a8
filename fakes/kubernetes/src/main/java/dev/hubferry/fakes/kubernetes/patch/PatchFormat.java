package dev.hubferry.fakes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The four kinds of patch bodies, each named by its content type. */
public enum PatchFormat {
    JSON("application/json-patch+json") {
        @Override
        ObjectNode change(ObjectNode object, JsonNode patch) {
            return JsonPatch.apply(object, patch);
        }
    },
    MERGE("application/merge-patch+json") {
        @Override
        ObjectNode change(ObjectNode object, JsonNode patch) {
            return MergePatch.apply(object, requireObject(patch));
        }
    },
    STRATEGIC_MERGE("application/strategic-merge-patch+json") {
        @Override
        ObjectNode change(ObjectNode object, JsonNode patch) {
            return StrategicMergePatch.apply(object, requireObject(patch));
        }
    },
    /** Server-side apply; fields that an earlier apply set and this one leaves out are kept (no field ownership). */
    APPLY("application/apply-patch+yaml") {
        @Override
        ObjectNode change(ObjectNode object, JsonNode patch) {
            return StrategicMergePatch.apply(object, requireObject(patch));
        }

        @Override
        public JsonNode parse(byte[] body) {
            try {
                return Json.parse(new String(body, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw ApiFailure.badRequest("error decoding YAML: " + e.getMessage());
            }
        }
    };

    private final String contentType;

    PatchFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Finds the format of a {@code Content-Type} header; fails with 415 on an unknown one. */
    public static PatchFormat ofContentType(String header) {
        String mediaType = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.contentType.equals(mediaType))
                .findFirst()
                .orElseThrow(() -> ApiFailure.unsupportedMediaType(header));
    }

    public JsonNode parse(byte[] body) {
        try {
            return Json.parseJson(body);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    /** Applies the patch to an object that the caller owns, and returns the result. */
    public ObjectNode apply(ObjectNode object, JsonNode patch) {
        return change(object, patch);
    }

    abstract ObjectNode change(ObjectNode object, JsonNode patch);

    private static ObjectNode requireObject(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("error decoding patch: json: cannot unmarshal into map[string]interface {}");
    }
}
