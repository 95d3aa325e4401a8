package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.trace.Traces;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells what is asked of an API server as a part of the command that asks for it: what is done to which kind of thing, and no name of
 * one. What the client repeats by itself is told once, with the first answer.
 */
final class TracedCalls implements Interceptor {
    /** Far more than are under way at once; what never ended is forgotten. */
    private static final int MOST_UNDER_WAY = 500;

    private final String connection;
    private final Traces traces;
    private final Map<UUID, Traces.Call> underWay = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Traces.Call> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    };

    /** @param connection the cluster's name in specs */
    TracedCalls(String connection, Traces traces) {
        this.connection = connection;
        this.traces = traces;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!traces.on() || traces.here().isEmpty()) {
            return;
        }
        String resource = CountedCalls.resource(request.uri().getPath());
        Traces.Call call = traces.call(
                request.method() + " " + resource,
                Map.of(
                        "hubferry.connection", connection,
                        "http.request.method", request.method(),
                        "hubferry.kubernetes.resource", resource));
        synchronized (underWay) {
            underWay.putIfAbsent(request.id(), call);
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
        ended(request).failed("NO_ANSWER").close();
    }

    private Traces.Call ended(HttpRequest request) {
        synchronized (underWay) {
            Traces.Call call = underWay.remove(request.id());
            return call == null ? Traces.NONE.call("", Map.of()) : call;
        }
    }
}
