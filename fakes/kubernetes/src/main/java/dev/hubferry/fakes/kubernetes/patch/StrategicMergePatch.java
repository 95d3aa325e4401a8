package dev.hubferry.fakes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes' own merge: like a merge patch, but lists with a merge key are merged item by item.
 *
 * <p>Source of the keys: the {@code patchMergeKey} tags of the API types. Directives: {@code $patch: delete|replace},
 * {@code $retainKeys} and {@code $deleteFromPrimitiveList/…}; {@code $setElementOrder/…} is ignored, order is kept as
 * is.
 */
final class StrategicMergePatch {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";

    private static final Map<String, List<String>> MERGE_KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("secrets", List.of("name")));
    private static final Set<String> MERGED_PRIMITIVES = Set.of("finalizers");

    private StrategicMergePatch() {}

    static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        if ("replace".equals(Json.text(patch, DIRECTIVE))) {
            ObjectNode replacement = patch.deepCopy();
            replacement.remove(DIRECTIVE);
            return replacement;
        }
        retainKeys(target, patch);
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            applyField(target, field.getKey(), field.getValue());
        }
        return target;
    }

    private static void applyField(ObjectNode target, String name, JsonNode change) {
        if (name.startsWith(DELETE_FROM_LIST)) {
            removeAll(target, name.substring(DELETE_FROM_LIST.length()), Set.copyOf(Json.texts(change)));
        } else if (name.startsWith("$")) {
            return;
        } else if (change.isNull()) {
            target.remove(name);
        } else if (change instanceof ObjectNode object) {
            applyObject(target, name, object);
        } else if (change instanceof ArrayNode list) {
            target.set(name, mergedList(target, name, list));
        } else {
            target.set(name, change);
        }
    }

    private static void applyObject(ObjectNode target, String name, ObjectNode change) {
        if ("delete".equals(Json.text(change, DIRECTIVE))) {
            target.remove(name);
            return;
        }
        ObjectNode child = target.get(name) instanceof ObjectNode present ? present : Json.object();
        target.set(name, apply(child, change));
    }

    private static ArrayNode mergedList(ObjectNode target, String name, ArrayNode change) {
        ArrayNode present = target.get(name) instanceof ArrayNode array ? array.deepCopy() : Json.array();
        if (MERGED_PRIMITIVES.contains(name)) {
            Set<String> seen = new HashSet<>(Json.texts(present));
            change.forEach(item -> {
                if (seen.add(item.asText())) {
                    present.add(item);
                }
            });
            return present;
        }
        Optional<String> key = mergeKey(name, present, change);
        boolean replaces = Json.objects(change).stream().anyMatch(StrategicMergePatch::replacesWholeList);
        if (key.isEmpty() || replaces) {
            ArrayNode replacement = Json.array();
            Json.objects(change).stream()
                    .filter(item -> !replacesWholeList(item))
                    .forEach(replacement::add);
            return Json.objects(change).isEmpty() ? change.deepCopy() : replacement;
        }
        Json.objects(change).forEach(item -> mergeItem(present, key.get(), item));
        return present;
    }

    private static void mergeItem(ArrayNode list, String key, ObjectNode change) {
        String wanted = Json.text(change, key);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode item && Json.text(item, key).equals(wanted)) {
                if ("delete".equals(Json.text(change, DIRECTIVE))) {
                    list.remove(i);
                } else {
                    list.set(i, apply(item, change));
                }
                return;
            }
        }
        if (!change.has(DIRECTIVE)) {
            list.add(apply(Json.object(), change));
        }
    }

    /** {@code ports} is keyed by containerPort in pods and by port in Services: the items tell which. */
    private static Optional<String> mergeKey(String list, ArrayNode present, ArrayNode change) {
        return MERGE_KEYS.getOrDefault(list, List.of()).stream()
                .filter(key -> everyItemHas(change, key) && everyItemHas(present, key))
                .findFirst();
    }

    private static boolean everyItemHas(ArrayNode list, String key) {
        return Json.objects(list).size() == list.size()
                && Json.objects(list).stream().allMatch(item -> item.has(key) || replacesWholeList(item));
    }

    private static boolean replacesWholeList(ObjectNode item) {
        return "replace".equals(Json.text(item, DIRECTIVE)) && item.size() == 1;
    }

    private static void retainKeys(ObjectNode target, ObjectNode patch) {
        if (patch.has(RETAIN_KEYS)) {
            target.retain(Json.texts(patch.path(RETAIN_KEYS)));
        }
    }

    private static void removeAll(ObjectNode target, String list, Set<String> values) {
        if (target.get(list) instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (values.contains(array.get(i).asText())) {
                    array.remove(i);
                }
            }
        }
    }
}
