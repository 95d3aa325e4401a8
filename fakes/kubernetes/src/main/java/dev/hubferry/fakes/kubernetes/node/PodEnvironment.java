package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The environment variables of a container. */
final class PodEnvironment {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ObjectStore store;
    private final ObjectNode pod;
    private final String namespace;

    PodEnvironment(ObjectStore store, ObjectNode pod) {
        this.store = store;
        this.pod = pod;
        this.namespace = Json.text(pod, "metadata", "namespace");
    }

    /** @throws VolumeNotReady when a Secret or ConfigMap that it reads is missing */
    Map<String, String> of(JsonNode container) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.put("HOME", RunAs.of(pod, container).home());
        variables.put("HOSTNAME", Json.text(pod, "metadata", "name"));
        for (JsonNode source : container.path("envFrom")) {
            boolean secret = source.has("secretRef");
            JsonNode reference = source.path(secret ? "secretRef" : "configMapRef");
            entries(secret, reference)
                    .forEach((key, bytes) -> variables.put(
                            Json.text(source, "prefix") + key, new String(bytes, StandardCharsets.UTF_8)));
        }
        for (JsonNode variable : container.path("env")) {
            value(variable).ifPresent(value -> variables.put(Json.text(variable, "name"), value));
        }
        return variables;
    }

    private Optional<String> value(JsonNode variable) {
        JsonNode from = variable.path("valueFrom");
        if (from.has("secretKeyRef")) {
            return entry(true, from.path("secretKeyRef"));
        }
        if (from.has("configMapKeyRef")) {
            return entry(false, from.path("configMapKeyRef"));
        }
        if (from.has("fieldRef")) {
            return Optional.of(
                    Json.text(pod, Json.text(from, "fieldRef", "fieldPath").split("\\.", -1)));
        }
        return Optional.of(Json.text(variable, "value"));
    }

    private Optional<String> entry(boolean secret, JsonNode reference) {
        Optional<String> found = Optional.ofNullable(entries(secret, reference).get(Json.text(reference, "key")))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (found.isEmpty() && !reference.path("optional").asBoolean()) {
            throw new VolumeNotReady(
                    "couldn't find key %s in %s".formatted(Json.text(reference, "key"), Json.text(reference, "name")));
        }
        return found;
    }

    private Map<String, byte[]> entries(boolean secret, JsonNode reference) {
        return PodVolumes.contents(
                store,
                secret,
                namespace,
                Json.text(reference, "name"),
                reference.path("optional").asBoolean());
    }
}
