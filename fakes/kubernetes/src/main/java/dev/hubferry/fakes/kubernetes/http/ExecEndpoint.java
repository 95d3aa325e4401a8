package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.node.PipeThreads;
import dev.hubferry.fakes.kubernetes.node.PodAccess;
import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;

/** Runs a command in a container over a WebSocket. */
final class ExecEndpoint {

    private final Faults faults;

    ExecEndpoint(Faults faults) {
        this.faults = faults;
    }

    void serve(ApiRequest request, HttpServerRequest raw, String container, PodAccess pod) {
        PodStreams.requireUpgrade(raw);
        if (request.commands().isEmpty()) {
            throw ApiFailure.badRequest("you must specify at least one command for the container");
        }
        if (!request.flag("stdin") && !request.flag("stdout") && !request.flag("stderr")) {
            throw ApiFailure.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        OptionalLong truncation = faults.takeExecTruncation();
        raw.toWebSocket().onSuccess(socket -> {
            ExecSession session = new ExecSession(request, container, pod, new ChannelSocket(socket), truncation);
            session.receiveFrom(socket);
            PipeThreads.start("exec-" + request.key(), session);
        });
    }
}
