package dev.hubferry.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what is asked of API servers, each try on its own, by what it is about: no name of anything is kept. */
public final class CountedCalls implements Interceptor {
    /** The word for a kind of thing, behind the version and the namespace. */
    private static final Pattern KIND =
            Pattern.compile("/(?:api|apis/[^/]+)/v[^/]+/(?:namespaces/[^/]+/)?([a-z]+)(?:/[^/]+(?:/([a-z]+))?)?/?");

    private final MeterRegistry registry;

    public CountedCalls(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, Integer.toString(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, "none");
    }

    private void count(HttpRequest request, String status) {
        Counter.builder("hubferry.kubernetes.requests")
                .description("Requests to API servers, repeated ones too, by kind of resource and by status;"
                        + " none when no answer came and it was sent again."
                        + " POST pods 201 are pods made")
                .tags(
                        "method",
                        request.method(),
                        "resource",
                        resource(request.uri().getPath()),
                        "status",
                        status)
                .register(registry)
                .increment();
    }

    /** Such as {@code pods} or {@code pods/exec}. */
    static String resource(String path) {
        Matcher kind = KIND.matcher(path);
        if (!kind.matches()) {
            return "other";
        }
        return kind.group(2) == null ? kind.group(1) : kind.group(1) + "/" + kind.group(2);
    }
}
