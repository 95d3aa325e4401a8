package dev.hubferry.db.adapter.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.db.domain.Relocation;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON that KubeSpawner keeps in {@code spawners.state}: {@code pod_name}, {@code namespace}, {@code dns_name}, {@code pvc_name}.
 * Spawners that wrap others keep the inner one's state inside their own.
 */
final class SpawnerState {
    private static final String NAMESPACE = "namespace";
    private static final String DNS_NAME = "dns_name";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private SpawnerState() {}

    /** Every namespace that {@code state} names; none when it is no JSON. */
    static Set<String> namespaces(String state) {
        Set<String> found = new HashSet<>();
        parse(state).ifPresent(node -> collect(node, found));
        return found;
    }

    /**
     * The state as it must be on the target: the same text when nothing in it names the source's namespace, else with that namespace
     * replaced and everything else kept; empty when it is no JSON object.
     */
    static Optional<String> moved(String state, Relocation relocation) {
        return parse(state).map(node -> move(node, relocation) ? node.toString() : state);
    }

    private static Optional<JsonNode> parse(String state) {
        try {
            JsonNode node = JSON.readTree(state);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void collect(JsonNode node, Set<String> found) {
        if (node.path(NAMESPACE).isTextual()) {
            found.add(node.path(NAMESPACE).textValue());
        }
        node.forEach(child -> collect(child, found));
    }

    private static boolean move(JsonNode node, Relocation relocation) {
        return switch (node) {
            case ObjectNode object -> moveObject(object, relocation);
            case ArrayNode array -> {
                boolean changed = false;
                for (JsonNode element : array) {
                    changed |= move(element, relocation);
                }
                yield changed;
            }
            default -> false;
        };
    }

    private static boolean moveObject(ObjectNode object, Relocation relocation) {
        boolean changed = false;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            changed |= move(entry.getValue(), relocation);
        }
        String namespace = object.path(NAMESPACE).textValue();
        // A server in a namespace of its own keeps it: only what stood in the source hub's namespace moves.
        if (relocation.fromNamespace().equals(namespace)) {
            object.put(NAMESPACE, relocation.toNamespace());
            changed = true;
        }
        String dnsName = object.path(DNS_NAME).textValue();
        if (dnsName != null) {
            String moved = movedDnsName(dnsName, relocation);
            if (!moved.equals(dnsName)) {
                object.put(DNS_NAME, moved);
                changed = true;
            }
        }
        return changed;
    }

    /** {@code <pod>.<namespace>.svc.<cluster domain>}: the namespace is the label before {@code svc}, or the last one without it. */
    private static String movedDnsName(String dnsName, Relocation relocation) {
        Pattern place = Pattern.compile(
                "^([^.]+(?:\\.[^.]+)*?)\\." + Pattern.quote(relocation.fromNamespace()) + "(\\.svc(?:\\..*)?)?$");
        Matcher matcher = place.matcher(dnsName);
        if (!matcher.matches()) {
            return dnsName;
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        return matcher.group(1) + "." + relocation.toNamespace() + suffix;
    }
}
