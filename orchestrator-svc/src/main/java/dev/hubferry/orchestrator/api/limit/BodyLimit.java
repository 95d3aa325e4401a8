package dev.hubferry.orchestrator.api.limit;

import dev.hubferry.orchestrator.api.problem.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * How long a request's body may be. Here those are refused that say so beforehand, whatever their path is; the others, which come in
 * chunks, by who reads them.
 */
@Singleton
public class BodyLimit {
    public static final int BYTES = 256 * 1024;

    /** Less than that is thrown away as it comes, so that the client reads the answer; of more no end is waited for. */
    private static final long WORTH_SWALLOWING = 8L * 1024 * 1024;

    private final Problems problems;

    BodyLimit(Problems problems) {
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseTooLong, FilterOrder.BODY_LIMIT);
    }

    private void refuseTooLong(RoutingContext context) {
        long length = declared(context);
        if (length <= BYTES) {
            context.next();
            return;
        }
        if (length > WORTH_SWALLOWING) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            context.addEndHandler(_ -> context.request().connection().close());
        }
        problems.send(context, Problems.tooLarge(BYTES));
        context.request().resume();
    }

    /** 0 when nothing is said, or what is no number, which the server refuses by itself. */
    private static long declared(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
