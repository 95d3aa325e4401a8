package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.node.PodAccess;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;

/** Forwards one port over a WebSocket: channel 0 carries the data, channel 1 what went wrong. */
final class PortForwardEndpoint {

    private static final byte DATA = 0;
    private static final byte ERROR = 1;

    private final NetClient client;

    PortForwardEndpoint(Vertx vertx) {
        this.client = vertx.createNetClient();
    }

    void serve(ApiRequest request, HttpServerRequest raw, ObjectNode pod, PodAccess access) {
        PodStreams.requireUpgrade(raw);
        int port = (int) request.number("ports", 0);
        if (port < 1 || port > 65_535) {
            throw ApiFailure.badRequest("unable to parse ports: one port between 1 and 65535 is needed");
        }
        InetSocketAddress listener = access.listener(port);
        raw.toWebSocket().onSuccess(socket -> forward(socket, port, listener, pod));
    }

    private void forward(ServerWebSocket socket, int port, InetSocketAddress listener, ObjectNode pod) {
        socket.pause();
        socket.writeBinaryMessage(message(DATA).appendUnsignedShortLE(port));
        socket.writeBinaryMessage(message(ERROR).appendUnsignedShortLE(port));
        client.connect(SocketAddress.inetSocketAddress(listener.getPort(), listener.getHostString()))
                .onSuccess(target -> join(socket, target))
                .onFailure(failure -> {
                    socket.writeBinaryMessage(message(ERROR)
                            .appendString("error forwarding port %d to pod %s, uid %s: %s"
                                    .formatted(
                                            port,
                                            Json.text(pod, "metadata", "name"),
                                            Json.text(pod, "metadata", "uid"),
                                            failure.getMessage())));
                    socket.close();
                });
    }

    private static void join(ServerWebSocket socket, NetSocket target) {
        target.handler(bytes -> {
            socket.writeBinaryMessage(message(DATA).appendBuffer(bytes));
            if (socket.writeQueueFull()) {
                target.pause();
                socket.drainHandler(ignored -> target.resume());
            }
        });
        target.closeHandler(ignored -> socket.close());
        socket.binaryMessageHandler(message -> {
            if (message.length() > 1 && message.getByte(0) == DATA) {
                target.write(message.getBuffer(1, message.length()));
                if (target.writeQueueFull()) {
                    socket.pause();
                    target.drainHandler(ignored -> socket.resume());
                }
            }
        });
        socket.closeHandler(ignored -> target.close());
        socket.resume();
    }

    private static Buffer message(byte channel) {
        return Buffer.buffer().appendByte(channel);
    }
}
