package dev.hubferry.fakes.kubernetes.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.CompletionException;

/**
 * A WebSocket in the protocol {@code v4.channel.k8s.io}: the first byte of every message names its channel.
 *
 * <p>Writing blocks until the peer takes it, so it belongs on a virtual thread, never on an event loop.
 */
final class ChannelSocket {

    static final String PROTOCOL = "v4.channel.k8s.io";

    private final ServerWebSocket socket;

    ChannelSocket(ServerWebSocket socket) {
        this.socket = socket;
    }

    static boolean isUpgrade(HttpServerRequest raw) {
        return "websocket".equalsIgnoreCase(raw.getHeader("Upgrade"));
    }

    /** Answers false when the peer has gone. */
    boolean send(int channel, byte[] bytes, int length) {
        Buffer message = Buffer.buffer(length + 1).appendByte((byte) channel).appendBytes(bytes, 0, length);
        try {
            socket.writeBinaryMessage(message)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return true;
        } catch (CompletionException | IllegalStateException e) {
            return false;
        }
    }

    boolean send(int channel, byte[] bytes) {
        return send(channel, bytes, bytes.length);
    }

    void close() {
        socket.close();
    }
}
