package dev.hubferry.fakes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.Map;

/** RFC 7386: maps are merged, null removes, everything else replaces. */
final class MergePatch {

    private MergePatch() {}

    static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            if (field.getValue().isNull()) {
                target.remove(name);
            } else if (field.getValue() instanceof ObjectNode change) {
                ObjectNode child = target.get(name) instanceof ObjectNode present ? present : Json.object();
                target.set(name, apply(child, change));
            } else {
                target.set(name, field.getValue().deepCopy());
            }
        }
        return target;
    }
}
