package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import dev.hubferry.fakes.kubernetes.store.WatchEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Streams changes, as lines of a chunked answer or as messages of a WebSocket. */
final class WatchEndpoint {

    private static final long LONGEST_SECONDS = 1800;
    private static final long BOOKMARK_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Vertx vertx;
    private final ObjectStore store;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    WatchEndpoint(Vertx vertx, ObjectStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** Where the events of one watch go. */
    private interface Sink {
        void send(byte[] line);

        void end();

        void onClose(Runnable closed);
    }

    void serve(ApiRequest request, HttpServerRequest raw) {
        Selection selection = request.selection();
        HttpServerResponse response = raw.response().setChunked(true).putHeader("Content-Type", "application/json");
        response.write(Buffer.buffer());
        start(request, selection, new Sink() {
            @Override
            public void send(byte[] line) {
                response.write(Buffer.buffer(line).appendByte((byte) '\n'));
            }

            @Override
            public void end() {
                response.end();
            }

            @Override
            public void onClose(Runnable closed) {
                response.closeHandler(ignored -> closed.run());
            }
        });
    }

    void serve(ApiRequest request, ServerWebSocket socket) {
        start(request, request.selection(), new Sink() {
            @Override
            public void send(byte[] line) {
                socket.writeTextMessage(Buffer.buffer(line).toString());
            }

            @Override
            public void end() {
                socket.close();
            }

            @Override
            public void onClose(Runnable closed) {
                socket.closeHandler(ignored -> closed.run());
            }
        });
    }

    /** Ends every watch, as a restarting API server does. */
    void endAll() {
        open.forEach(Stream::end);
    }

    private void start(ApiRequest request, Selection selection, Sink sink) {
        new Stream(request, selection, sink, vertx.getOrCreateContext()).start();
    }

    /** One watch; all its writing happens on the connection's own event loop, in the order of the store. */
    private final class Stream {
        private final ApiRequest request;
        private final Selection selection;
        private final Sink sink;
        private final Context context;
        private Runnable stopListening = () -> {};
        private long bookmarkTimer = -1;
        private boolean ended;

        Stream(ApiRequest request, Selection selection, Sink sink, Context context) {
            this.request = request;
            this.selection = selection;
            this.sink = sink;
            this.context = context;
        }

        void start() {
            open.add(this);
            sink.onClose(this::release);
            try {
                stopListening = store.atomically(this::listen);
            } catch (ApiFailure failure) {
                sink.send(new WatchEvent("ERROR", failure.toStatus()).toLine());
                end();
                return;
            }
            long seconds = Math.min(LONGEST_SECONDS, Math.max(1, request.number("timeoutSeconds", LONGEST_SECONDS)));
            vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), ignored -> end());
            if (request.flag("allowWatchBookmarks")) {
                bookmarkTimer = vertx.setPeriodic(BOOKMARK_MILLIS, ignored -> bookmark());
            }
        }

        /** Without a version (or with 0) a watch begins with what is there. */
        private Runnable listen() {
            long after = request.number("resourceVersion", 0);
            if (after == 0) {
                store.list(selection).forEach(object -> send(new WatchEvent("ADDED", object)));
                after = store.revision();
            }
            return store.watch(after, event -> event.seenBy(selection).ifPresent(this::send));
        }

        private void bookmark() {
            ObjectNode mark = Json.object()
                    .put("kind", selection.type().kind())
                    .put("apiVersion", selection.type().apiVersion());
            mark.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
            send(new WatchEvent("BOOKMARK", mark));
        }

        private void send(WatchEvent event) {
            byte[] line = event.toLine();
            context.runOnContext(ignored -> {
                if (!ended) {
                    sink.send(line);
                }
            });
        }

        void end() {
            context.runOnContext(ignored -> {
                if (!ended) {
                    release();
                    sink.end();
                }
            });
        }

        private void release() {
            ended = true;
            open.remove(this);
            stopListening.run();
            vertx.cancelTimer(bookmarkTimer);
        }
    }
}
