package dev.hubferry.fakes.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes a workload through its {@code /scale} subresource. */
public final class Scales {

    private Scales() {}

    /** The {@code autoscaling/v1} Scale of a Deployment or ReplicaSet. */
    public static ObjectNode of(JsonNode workload) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(field, Json.at(workload, "metadata", field));
        }
        scale.putObject("spec")
                .put("replicas", Json.at(workload, "spec", "replicas").asInt());
        scale.putObject("status")
                .put("replicas", Json.at(workload, "status", "replicas").asInt())
                .put("selector", selector(Json.at(workload, "spec", "selector", "matchLabels")));
        return scale;
    }

    /** Puts the wished replicas (and the version they were read at) of a Scale into the workload. */
    public static ObjectNode into(ObjectNode workload, JsonNode scale) {
        Json.ensureObject(workload, "spec")
                .put("replicas", Json.at(scale, "spec", "replicas").asInt());
        Json.ensureObject(workload, "metadata").put("resourceVersion", Json.text(scale, "metadata", "resourceVersion"));
        return workload;
    }

    private static String selector(JsonNode matchLabels) {
        return Json.textMap(matchLabels).entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(","));
    }
}
