package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemPages;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.PageAccess;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Makes pages of the problems that end a request for a page. */
class ProblemPageFilter {
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final ProblemPages pages;

    ProblemPageFilter(ProblemPages pages) {
        this.pages = pages;
    }

    @ServerResponseFilter
    public void show(ContainerResponseContext response, RoutingContext context) {
        if (PageAccess.isPage(context)) {
            problem(response).ifPresent(problem -> {
                response.setStatus(problem.status());
                response.setEntity(pages.page(context, problem), null, HTML);
            });
        }
    }

    private static Optional<ProblemDetail> problem(ContainerResponseContext response) {
        if (response.getEntity() instanceof ProblemDetail problem) {
            return Optional.of(problem);
        }
        int status = response.getStatus();
        if (response.hasEntity() || status < Response.Status.BAD_REQUEST.getStatusCode()) {
            return Optional.empty();
        }
        // The guard of forms says no more than that.
        return Optional.of(
                status == Response.Status.BAD_REQUEST.getStatusCode()
                        ? Problems.staleForm()
                        : Problems.ofHttp(status, response.getStatusInfo().getReasonPhrase()));
    }
}
