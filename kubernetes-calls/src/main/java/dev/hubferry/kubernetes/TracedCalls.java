package dev.hubferry.kubernetes;

import dev.hubferry.trace.Traces;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is asked of an API server as a part of the command that asks for it: what is done to which kind of thing, and no name of
 * one. What the client repeats by itself is told once, with the first answer; streams, such as that of a
 * command in a pod, are not told.
 */
public final class TracedCalls implements Interceptor {
    /** Far more than are under way at once; what never ended is forgotten. */
    private static final int MOST_UNDER_WAY = 500;

    private final String connection;
    private final Traces traces;
    private final Map<UUID, Begun> underWay = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Begun> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    };

    private record Begun(String method, URI uri, Traces.Call call) {}

    /** @param connection the cluster's name in specs */
    public TracedCalls(String connection, Traces traces) {
        this.connection = connection;
        this.traces = traces;
    }

    /** The first word of a request that has the id with which its end is told; by the thread that asks. */
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        if (traces.on() && traces.here().isPresent()) {
            begin(request);
        }
        return consumer;
    }

    private void begin(HttpRequest request) {
        String resource = CountedCalls.resource(request.uri().getPath());
        Traces.Call call = traces.call(
                request.method() + " " + resource,
                Map.of(
                        "hubferry.connection", connection,
                        "http.request.method", request.method(),
                        "hubferry.kubernetes.resource", resource));
        synchronized (underWay) {
            underWay.put(request.id(), new Begun(request.method(), request.uri(), call));
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Traces.Call call = ended(request);
        call.say("http.response.status_code", response.code());
        if (response.code() >= 400) {
            call.failed("HTTP " + response.code());
        }
        call.close();
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        unanswered(request).failed("NO_ANSWER").close();
    }

    private Traces.Call ended(HttpRequest request) {
        synchronized (underWay) {
            return call(underWay.remove(request.id()));
        }
    }

    /** A failure is told of the request as it was before others changed it, which has another id. */
    private Traces.Call unanswered(HttpRequest request) {
        synchronized (underWay) {
            UUID first = null;
            for (Map.Entry<UUID, Begun> each : underWay.entrySet()) {
                Begun begun = each.getValue();
                if (begun.method().equals(request.method()) && begun.uri().equals(request.uri())) {
                    first = each.getKey();
                    break;
                }
            }
            return call(first == null ? null : underWay.remove(first));
        }
    }

    private static Traces.Call call(@Nullable Begun begun) {
        return begun == null ? Traces.NONE.call("", Map.of()) : begun.call();
    }
}
