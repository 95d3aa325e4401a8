package dev.hubferry.orchestrator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts requests that were not let in, or not so many or so much, whoever refused them. */
@Singleton
class RefusedRequests {
    /** Before every other filter, since what those refuse goes no further. */
    private static final int FIRST = 500;

    private static final List<Integer> STATUSES = List.of(401, 403, 413, 429);

    private final Map<Integer, Counter> refused = new HashMap<>();

    RefusedRequests(MeterRegistry registry) {
        for (int status : STATUSES) {
            refused.put(
                    status,
                    Counter.builder("hubferry.requests.refused")
                            .description(
                                    "Requests that were refused, by status: 401 no valid token, 403 no role for it,"
                                            + " 413 body too large, 429 too many")
                            .tag("status", Integer.toString(status))
                            .register(registry));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, FIRST);
    }

    private void watch(RoutingContext context) {
        context.addHeadersEndHandler(_ -> {
            Counter counter = refused.get(context.response().getStatusCode());
            if (counter != null) {
                counter.increment();
            }
        });
        context.next();
    }
}
