package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.node.ContainerLog;
import dev.hubferry.fakes.kubernetes.node.PodAccess;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Hands out what a container wrote, and with {@code follow} what it goes on to write. */
final class LogEndpoint {

    private static final long CHECK_MILLIS = 100;

    private final Vertx vertx;

    LogEndpoint(Vertx vertx) {
        this.vertx = vertx;
    }

    void serve(ApiRequest request, HttpServerRequest raw, String container, PodAccess pod) {
        if (request.flag("previous")) {
            throw ApiFailure.badRequest("previous terminated container \"%s\" not found".formatted(container));
        }
        ContainerLog log = pod.log(container);
        HttpServerResponse response = raw.response().putHeader("Content-Type", "text/plain");
        if (request.flag("follow")) {
            follow(request, response.setChunked(true), log, pod);
        } else {
            response.end(whole(request, log));
        }
    }

    private static Buffer whole(ApiRequest request, ContainerLog log) {
        List<ContainerLog.Line> lines = log.lines();
        long tail = request.number("tailLines", lines.size());
        Buffer text = Buffer.buffer();
        lines.stream().skip(Math.max(0, lines.size() - tail)).forEach(line -> text.appendString(text(request, line)));
        long limit = request.number("limitBytes", text.length());
        return text.getBuffer(0, (int) Math.min(limit, text.length()));
    }

    private void follow(ApiRequest request, HttpServerResponse response, ContainerLog log, PodAccess pod) {
        Context context = vertx.getOrCreateContext();
        response.write(Buffer.buffer());
        Runnable stop = log.follow(
                request.number("tailLines", Long.MAX_VALUE),
                line -> context.runOnContext(ignored -> response.write(text(request, line))));
        long timer = vertx.setPeriodic(CHECK_MILLIS, id -> {
            if (!pod.isRunning()) {
                vertx.cancelTimer(id);
                stop.run();
                response.end();
            }
        });
        response.closeHandler(ignored -> {
            vertx.cancelTimer(timer);
            stop.run();
        });
    }

    private static String text(ApiRequest request, ContainerLog.Line line) {
        return (request.flag("timestamps") ? line.at() + " " : "") + line.text() + "\n";
    }
}
