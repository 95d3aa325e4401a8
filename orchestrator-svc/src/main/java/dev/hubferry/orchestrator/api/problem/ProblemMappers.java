package dev.hubferry.orchestrator.api.problem;

import dev.hubferry.messaging.DatabaseException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.channels.ClosedChannelException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem of whatever ends a request. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final RefusalAudit audit;

    ProblemMappers(RefusalAudit audit) {
        this.audit = audit;
    }

    @ServerExceptionMapper
    Uni<Response> map(ProblemException e, ContainerRequestContext request, ResourceInfo called) {
        Response answer = response(e.problem());
        return e.isInAudit() ? Uni.createFrom().item(answer) : audit.before(answer, e.problem(), request, called);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e) {
        Response thrown = e.getResponse();
        if (thrown.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            return thrown;
        }
        ProblemDetail problem =
                Problems.ofHttp(thrown.getStatus(), thrown.getStatusInfo().getReasonPhrase());
        Response.ResponseBuilder builder =
                Response.status(problem.status()).type(Problems.MEDIA_TYPE).entity(problem);
        if (thrown.getHeaderString("Allow") != null) {
            builder.header("Allow", thrown.getHeaderString("Allow"));
        }
        return builder.build();
    }

    @ServerExceptionMapper
    Response map(DatabaseException e, UriInfo uri) {
        LOG.warnf(e, "a request failed since the database does not answer: %s", uri.getPath());
        return response(Problems.unavailable());
    }

    /** Nobody is there any more to be answered, as when a page is left whose stream of events has just begun. */
    @ServerExceptionMapper
    Response map(ClosedChannelException e, UriInfo uri) {
        LOG.debugf(e, "whoever asked has gone: %s", uri.getPath());
        return response(Problems.broken());
    }

    @ServerExceptionMapper
    Response map(Throwable e, UriInfo uri) {
        LOG.errorf(e, "a request failed for a reason that has no name: %s", uri.getPath());
        return response(Problems.broken());
    }

    private static Response response(ProblemDetail problem) {
        Response.ResponseBuilder builder =
                Response.status(problem.status()).type(Problems.MEDIA_TYPE).entity(problem);
        if (problem.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            // A second, and another replica may well be asked.
            builder.header("Retry-After", "1");
        }
        if (problem.status() == Response.Status.TOO_MANY_REQUESTS.getStatusCode()) {
            builder.header("Retry-After", "10");
        }
        return builder.build();
    }
}
