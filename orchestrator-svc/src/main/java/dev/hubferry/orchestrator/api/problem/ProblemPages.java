package dev.hubferry.orchestrator.api.problem;

import io.vertx.ext.web.RoutingContext;

/** Shows problems to people. */
public interface ProblemPages {
    /** Whether this request is a person's. */
    boolean isFor(RoutingContext context);

    /** HTML. */
    String page(RoutingContext context, ProblemDetail problem);

    /** Answers who has no good token: by the way to one. */
    void askToSignIn(RoutingContext context, ProblemDetail problem);
}
