package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.node.Node;
import dev.hubferry.fakes.kubernetes.node.PodAccess;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** Connections into pods: exec, port-forward and logs. */
public final class PodStreams {

    private static final Set<String> SUBRESOURCES = Set.of("exec", "portforward", "log");
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ObjectStore store;
    private final Node node;
    private final ExecEndpoint exec;
    private final PortForwardEndpoint portForward;
    private final LogEndpoint logs;

    public PodStreams(Vertx vertx, ObjectStore store, Node node, Faults faults) {
        this.store = store;
        this.node = node;
        this.exec = new ExecEndpoint(faults);
        this.portForward = new PortForwardEndpoint(vertx);
        this.logs = new LogEndpoint(vertx);
    }

    static boolean serves(ApiRequest request) {
        return request.type().equals(ResourceTypes.PODS)
                && SUBRESOURCES.contains(request.target().subresource());
    }

    /** Fails, before anything is streamed, with the Status that the client gets instead. */
    void serve(ApiRequest request, HttpServerRequest raw) {
        ObjectNode pod = store.get(ResourceTypes.PODS, request.key());
        switch (request.target().subresource()) {
            case "exec" -> exec.serve(request, raw, container(request, pod), running(pod));
            case "portforward" -> portForward.serve(request, raw, pod, running(pod));
            default -> {
                String container = container(request, pod);
                requireStarted(pod, container);
                logs.serve(request, raw, container, known(pod));
            }
        }
    }

    private PodAccess known(ObjectNode pod) {
        return node.access(pod)
                .orElseThrow(() -> ApiFailure.badRequest(
                        "pod %s does not have a host assigned".formatted(Json.text(pod, "metadata", "name"))));
    }

    private PodAccess running(ObjectNode pod) {
        String name = Json.text(pod, "metadata", "name");
        String phase = Json.text(pod, "status", "phase");
        if (ENDED.contains(phase)) {
            throw ApiFailure.badRequest("cannot exec into a container in a completed pod; current phase is " + phase);
        }
        if (Json.text(pod, "spec", "nodeName").isEmpty()) {
            throw ApiFailure.badRequest("pod %s does not have a host assigned".formatted(name));
        }
        PodAccess access = known(pod);
        if (!access.isRunning()) {
            throw ApiFailure.internal("unable to upgrade connection: container not found in pod " + name);
        }
        return access;
    }

    private static void requireStarted(ObjectNode pod, String container) {
        boolean waits = Json.objects(Json.at(pod, "status", "containerStatuses")).stream()
                .noneMatch(status -> Json.text(status, "name").equals(container)
                        && (!Json.has(status, "state", "waiting")
                                || status.path("restartCount").asInt() > 0));
        if (waits) {
            throw ApiFailure.badRequest("container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                    .formatted(container, Json.text(pod, "metadata", "name")));
        }
    }

    private static String container(ApiRequest request, ObjectNode pod) {
        String asked = request.parameter("container");
        String name = Json.text(pod, "metadata", "name");
        List<String> present = Json.objects(Json.at(pod, "spec", "containers")).stream()
                .map(container -> Json.text(container, "name"))
                .toList();
        if (asked.isEmpty() && present.size() == 1) {
            return present.getFirst();
        }
        if (asked.isEmpty()) {
            throw ApiFailure.badRequest("a container name must be specified for pod %s, choose one of: %s"
                    .formatted(name, String.join(" ", present)));
        }
        if (!present.contains(asked)) {
            throw ApiFailure.badRequest("container %s is not valid for pod %s".formatted(asked, name));
        }
        return asked;
    }

    static void requireUpgrade(HttpServerRequest raw) {
        if (!ChannelSocket.isUpgrade(raw)) {
            throw ApiFailure.badRequest("Upgrade request required");
        }
    }
}
