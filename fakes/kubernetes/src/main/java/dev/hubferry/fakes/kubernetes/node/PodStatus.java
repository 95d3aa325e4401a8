package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Writes the status of a pod, all its containers being in one state, into a pod that the caller owns. */
final class PodStatus {

    private final Clock clock;

    PodStatus(Clock clock) {
        this.clock = clock;
    }

    /** On the node, but not yet running. */
    ObjectNode waiting(ObjectNode pod, String reason, String message, int restarts) {
        ObjectNode state = Json.object();
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        ObjectNode status = Json.ensureObject(pod, "status");
        Json.putIfAbsent(status, "startTime", now());
        status.put("hostIP", "127.0.0.1");
        conditions(pod, false, "ContainersNotReady");
        return containers(pod, state, false, restarts);
    }

    ObjectNode running(ObjectNode pod, String podIp, boolean ready, int restarts) {
        ObjectNode status =
                Json.ensureObject(pod, "status").put("phase", "Running").put("podIP", podIp);
        status.putArray("podIPs").addObject().put("ip", podIp);
        ObjectNode state = Json.object();
        String since = Json.text(status.path("containerStatuses").path(0), "state", "running", "startedAt");
        state.putObject("running").put("startedAt", since.isEmpty() ? now() : since);
        conditions(pod, ready, ready ? "" : "ContainersNotReady");
        return containers(pod, state, ready, restarts);
    }

    /** @param phase Succeeded or Failed */
    ObjectNode ended(ObjectNode pod, String phase, int exitCode, int restarts) {
        Json.ensureObject(pod, "status").put("phase", phase);
        ObjectNode state = Json.object();
        state.putObject("terminated")
                .put("exitCode", exitCode)
                .put("reason", exitCode == 0 ? "Completed" : "Error")
                .put("finishedAt", now());
        conditions(pod, false, "Succeeded".equals(phase) ? "PodCompleted" : "PodFailed");
        return containers(pod, state, false, restarts);
    }

    private ObjectNode containers(ObjectNode pod, ObjectNode state, boolean ready, int restarts) {
        ArrayNode statuses = Json.array();
        for (ObjectNode container : Json.objects(Json.at(pod, "spec", "containers"))) {
            String name = Json.text(container, "name");
            ObjectNode status = statuses.addObject()
                    .put("name", name)
                    .put("image", Json.text(container, "image"))
                    .put("imageID", "")
                    .put("containerID", "fake://" + Json.text(pod, "metadata", "uid") + "/" + name)
                    .put("ready", ready)
                    .put("started", state.has("running"))
                    .put("restartCount", restarts);
            status.set("state", state.deepCopy());
            status.putObject("lastState");
        }
        Json.ensureObject(pod, "status").set("containerStatuses", statuses);
        return pod;
    }

    private void conditions(ObjectNode pod, boolean ready, String reason) {
        ArrayNode conditions = Json.array();
        conditions.add(condition(pod, "PodScheduled", true, ""));
        conditions.add(condition(pod, "Initialized", true, ""));
        conditions.add(condition(pod, "ContainersReady", ready, reason));
        conditions.add(condition(pod, "Ready", ready, reason));
        Json.ensureObject(pod, "status").set("conditions", conditions);
    }

    private ObjectNode condition(ObjectNode pod, String type, boolean holds, String reason) {
        String status = holds ? "True" : "False";
        String since = Json.objects(Json.at(pod, "status", "conditions")).stream()
                .filter(old -> Json.text(old, "type").equals(type)
                        && Json.text(old, "status").equals(status))
                .map(old -> Json.text(old, "lastTransitionTime"))
                .findFirst()
                .orElseGet(this::now);
        ObjectNode condition = Json.object().put("type", type).put("status", status);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        return condition.put("lastTransitionTime", since);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
