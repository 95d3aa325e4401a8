package dev.hubferry.orchestrator.api.limit;

import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.BearerTokens;
import dev.hubferry.orchestrator.config.RatesConfig;
import io.github.bucket4j.TimeMeter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Lets each caller ask as much as it may: by its name, reads apart from changes, when its token is right, and by its address as long as
 * it has none that is. An address whose guesses are used up is refused before its token is looked at, else the answer would tell a right
 * one all the same. Health and metrics are never refused.
 */
@Singleton
public class RateLimits {
    private static final String HEALTH = "/q/health";
    private static final String METRICS = "/q/metrics";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int UNAUTHORIZED = 401;

    private final Buckets reads;
    private final Buckets changes;
    private final Buckets guesses;
    private final Problems problems;

    RateLimits(RatesConfig config, Problems problems) {
        this.reads = buckets(config.reads(), config.remembered());
        this.changes = buckets(config.changes(), config.remembered());
        this.guesses = buckets(config.guesses(), config.remembered());
        this.problems = problems;
    }

    private static Buckets buckets(RatesConfig.Rate rate, int remembered) {
        return new Buckets(rate.burst(), rate.perMinute(), remembered, TimeMeter.SYSTEM_NANOTIME);
    }

    void register(@Observes Filters filters) {
        filters.register(this::limitGuesses, FilterOrder.GUESSES);
        filters.register(this::limitCalls, FilterOrder.RATES);
    }

    /** Counts something that a caller wants changed and that came on another way; in how many seconds it may, 0 for now. */
    public long takeChange(String caller) {
        return changes.take(caller);
    }

    private void limitGuesses(RoutingContext context) {
        if (isOfTheService(context)) {
            context.next();
            return;
        }
        String network = Networks.of(context.request().remoteAddress().hostAddress());
        long wait = guesses.look(network);
        if (wait > 0) {
            problems.send(context, Problems.tooManyGuesses(), wait);
            return;
        }
        context.addHeadersEndHandler(_ -> {
            // Who opens a page with a wrong token is sent to where there are better ones, which is a guess all the
            // same.
            if (context.response().getStatusCode() == UNAUTHORIZED || BearerTokens.isRefused(context)) {
                var unused = guesses.take(network);
            }
        });
        context.next();
    }

    private void limitCalls(RoutingContext context) {
        // Without a user it goes no further than to be told that it needs a token.
        if (isOfTheService(context) || !(context.user() instanceof QuarkusHttpUser user)) {
            context.next();
            return;
        }
        boolean read = READS.contains(context.request().method());
        String caller = user.getSecurityIdentity().getPrincipal().getName();
        long wait = (read ? reads : changes).take(caller);
        if (wait > 0) {
            problems.send(context, Problems.tooManyCalls(caller, read), wait);
            return;
        }
        context.next();
    }

    private static boolean isOfTheService(RoutingContext context) {
        String path = context.normalizedPath();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/") || path.equals(METRICS);
    }
}
