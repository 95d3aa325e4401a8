package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whom a container's processes run as.
 *
 * @param groups supplementary ones, fsGroup included
 */
record RunAs(int uid, int gid, List<Integer> groups) {

    /** From the securityContext of the container, and of the pod where the container says nothing; root otherwise. */
    static RunAs of(JsonNode pod, JsonNode container) {
        JsonNode ofPod = Json.at(pod, "spec", "securityContext");
        JsonNode own = container.path("securityContext");
        List<Integer> groups = new ArrayList<>();
        ofPod.path("supplementalGroups").forEach(group -> groups.add(group.asInt()));
        if (ofPod.has("fsGroup")) {
            groups.add(ofPod.path("fsGroup").asInt());
        }
        return new RunAs(first(own, ofPod, "runAsUser"), first(own, ofPod, "runAsGroup"), List.copyOf(groups));
    }

    private static int first(JsonNode own, JsonNode ofPod, String field) {
        return own.has(field) ? own.path(field).asInt() : ofPod.path(field).asInt();
    }

    /** The start of a command line that changes to this user. */
    List<String> command() {
        String groupList = groups.isEmpty()
                ? "--clear-groups"
                : groups.stream().map(Object::toString).collect(Collectors.joining(",", "--groups=", ""));
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, groupList, "--");
    }

    String home() {
        return uid == 0 ? "/root" : "/";
    }
}
