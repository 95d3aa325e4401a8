package dev.hubferry.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Labels, and what selects by them. */
final class Labels {
    private Labels() {}

    /** Whether labels have all that {@code matchLabels} wants. */
    static boolean match(JsonNode matchLabels, JsonNode labels) {
        return matchLabels.properties().stream()
                .map(Map.Entry::getKey)
                .allMatch(key -> matchLabels.get(key).equals(labels.get(key)));
    }

    /** The service that an object is of, or a pod's. */
    static String component(JsonNode object) {
        return object.at("/metadata/labels").path("app.kubernetes.io/component").asText();
    }
}
