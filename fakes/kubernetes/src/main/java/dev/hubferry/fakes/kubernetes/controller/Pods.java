package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;

/** Readings of pods, and of counts as workloads report them. */
public final class Pods {

    private Pods() {}

    /** Its Ready condition says so and nobody is deleting it. */
    public static boolean isReady(JsonNode pod) {
        return !Owners.isDeleting(pod)
                && Json.objects(Json.at(pod, "status", "conditions")).stream()
                        .anyMatch(condition -> "Ready".equals(Json.text(condition, "type"))
                                && "True".equals(Json.text(condition, "status")));
    }

    /** Real statuses leave a count of zero out. */
    static void putUnlessZero(ObjectNode status, String field, int count) {
        if (count != 0) {
            status.put(field, count);
        }
    }
}
