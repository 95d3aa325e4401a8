package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.security.BearerTokens;
import dev.hubferry.orchestrator.api.security.PageAccess;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.IdentityProviderManager;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where people bring their token, and give it back. */
@Path("/ui")
@Produces(MediaType.TEXT_HTML)
@PermitAll
public class SignInResource {
    private final BearerTokens tokens;
    private final IdentityProviderManager providers;
    private final SignInForm form;

    SignInResource(BearerTokens tokens, IdentityProviderManager providers, SignInForm form) {
        this.tokens = tokens;
        this.providers = providers;
        this.form = form;
    }

    @GET
    @Path("/sign-in")
    public TemplateInstance show(@RestQuery @Nullable String to, @RestQuery @Nullable String why) {
        String remark = PageProblems.Why.text(why == null ? "" : why).orElse("");
        return form.show(LocalPath.orHome(to), remark);
    }

    @POST
    @Path("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> signIn(
            @RestForm @Nullable String token, @RestForm @Nullable String to, @Context RoutingContext context) {
        String given = token == null ? "" : token.strip();
        String back = LocalPath.orHome(to);
        if (given.isEmpty()) {
            return Uni.createFrom().item(again(back, AccessProblems.unauthorized("the field was empty")));
        }
        if (!TokenCookie.takes(given)) {
            return Uni.createFrom().item(again(back, AccessProblems.unauthorized("a token has " + TokenCookie.TAKEN)));
        }
        return tokens.verify(given, context, providers).onItemOrFailure().transform((identity, failure) -> {
            if (failure != null) {
                return again(back, BearerTokens.refusal(context).orElseThrow(() -> new IllegalStateException(failure)));
            }
            context.response().addCookie(TokenCookie.of(given, context.request()));
            return Response.seeOther(URI.create(back)).build();
        });
    }

    @POST
    @Path("/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut(@Context RoutingContext context) {
        context.response().addCookie(TokenCookie.gone(context.request()));
        return Response.seeOther(URI.create(PageAccess.SIGN_IN)).build();
    }

    private Response again(String to, ProblemDetail problem) {
        return form.again(to, problem.status(), "The token was not accepted: " + problem.detail());
    }
}
