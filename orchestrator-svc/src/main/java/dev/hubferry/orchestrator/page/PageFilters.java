package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.PageAccess;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** What holds for every page: which headers it has, and that forms come from here. */
@Singleton
public class PageFilters {
    /** Around everything, the refusals of other filters too. */
    private static final int HEADERS = 300;

    /** Before a token is looked at. */
    private static final int FORMS = 270;

    private static final String CSRF_COOKIE = "hubferry_csrf";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> FROM_HERE = Set.of("same-origin", "none");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    private final Problems problems;

    PageFilters(Problems problems) {
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(PageFilters::setHeaders, HEADERS);
        filters.register(this::refuseForeignForms, FORMS);
    }

    private static void setHeaders(RoutingContext context) {
        boolean page = PageAccess.isPage(context);
        context.addHeadersEndHandler(_ -> {
            HttpServerResponse response = context.response();
            MultiMap headers = response.headers();
            if (page || !isApi(context)) {
                headers.set("Content-Security-Policy", POLICY)
                        .set("X-Content-Type-Options", "nosniff")
                        .set("X-Frame-Options", "DENY")
                        // With no-referrer browsers would not say where a form comes from.
                        .set("Referrer-Policy", "same-origin")
                        .set("Cross-Origin-Opener-Policy", "same-origin")
                        .set("Cross-Origin-Resource-Policy", "same-origin");
            }
            if (page && !headers.contains("Cache-Control")) {
                headers.set("Cache-Control", "no-store");
            }
            if (!page) {
                // The guard of forms would give one to programs, too.
                var unused = response.removeCookie(CSRF_COOKIE, false);
            }
        });
        context.next();
    }

    private static boolean isApi(RoutingContext context) {
        String path = context.normalizedPath();
        return path.startsWith("/api/") || path.startsWith("/q/");
    }

    private void refuseForeignForms(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!PageAccess.isPage(context) || READS.contains(request.method())) {
            context.next();
            return;
        }
        Optional<String> why = foreign(request);
        if (why.isPresent()) {
            problems.send(context, Problems.foreignForm(why.get()));
        } else {
            context.next();
        }
    }

    private static Optional<String> foreign(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        if (type == null || !type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            return Optional.of("what was sent is no form of a page");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return FROM_HERE.contains(site)
                    ? Optional.empty()
                    : Optional.of("the browser says that it comes from another site");
        }
        // Browsers keep Sec-Fetch-Site back where there is no TLS.
        String origin = request.getHeader("Origin");
        return origin != null && authority(origin).equals(authority(request))
                ? Optional.empty()
                : Optional.of(
                        "nothing says that it comes from this page: the header Origin is missing or names another server");
    }

    private static Optional<String> authority(HttpServerRequest request) {
        return Optional.ofNullable(request.authority())
                .map(own -> own.port() < 0 ? own.host() : own.host() + ":" + own.port());
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
