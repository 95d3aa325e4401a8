package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.security.BearerTokens;
import dev.hubferry.orchestrator.api.security.IssuerSignIn;
import dev.hubferry.orchestrator.api.security.IssuerTrouble;
import dev.hubferry.orchestrator.api.security.PageAccess;
import dev.hubferry.orchestrator.api.security.SigningIn;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Sends people to the issuer, and puts the token with which they come back where the one is that people bring: from then on it makes no
 * difference where it came from.
 */
@Path("/ui")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@PermitAll
public class IssuerSignInResource {
    private static final Logger LOG = Logger.getLogger(IssuerSignInResource.class);
    private static final String KEPT = "hubferry_signing_in";
    private static final int KEPT_SECONDS = 600;

    private final IssuerSignIn issuer;
    private final BearerTokens tokens;
    private final IdentityProviderManager providers;
    private final SignInForm form;

    IssuerSignInResource(IssuerSignIn issuer, BearerTokens tokens, IdentityProviderManager providers, SignInForm form) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.providers = providers;
        this.form = form;
    }

    @GET
    @Path("/sign-in/issuer")
    public Response begin(@RestQuery @Nullable String to, @Context RoutingContext context) {
        SigningIn begun = SigningIn.begin(LocalPath.orHome(to));
        try {
            return Response.seeOther(issuer.begin(begun))
                    .cookie(kept(begun.kept(), KEPT_SECONDS, context))
                    .build();
        } catch (IssuerTrouble trouble) {
            return failed(begun.to(), trouble);
        }
    }

    /** The issuer sends browsers back with a code, or with what went wrong. */
    @GET
    @Path("/sign-in/done")
    public Response end(
            @RestQuery @Nullable String code,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String error,
            @CookieParam(KEPT) @Nullable String kept,
            @Context RoutingContext context) {
        Optional<SigningIn> begun = SigningIn.resume(kept, state);
        if (begun.isEmpty()) {
            return form.again(
                    LocalPath.HOME,
                    Response.Status.BAD_REQUEST.getStatusCode(),
                    "This sign-in was not begun in this browser, or more than ten minutes ago: begin it again");
        }
        String to = LocalPath.orHome(begun.get().to());
        try {
            Response answer = signedIn(issuer.end(begun.get(), code, error), to, context);
            return Response.fromResponse(answer).cookie(kept("", 0, context)).build();
        } catch (IssuerTrouble trouble) {
            return failed(to, trouble);
        }
    }

    private Response signedIn(String token, String to, RoutingContext context) {
        if (!TokenCookie.takes(token)) {
            return form.again(
                    to,
                    Response.Status.UNAUTHORIZED.getStatusCode(),
                    "The issuer's token cannot be kept in a browser: " + TokenCookie.TAKEN);
        }
        try {
            tokens.verify(token, context, providers).await().indefinitely();
        } catch (AuthenticationFailedException e) {
            var problem = BearerTokens.refusal(context).orElseGet(AccessProblems::noToken);
            return form.again(to, problem.status(), "The issuer's token was not accepted: " + problem.detail());
        }
        context.response().addCookie(TokenCookie.of(token, context.request()));
        return Response.seeOther(URI.create(to)).build();
    }

    private Response failed(String to, IssuerTrouble trouble) {
        LOG.warnf("nobody could sign in at the issuer of hubferry.auth.oidc: why=%s", trouble.why());
        int status = trouble.passes() ? AccessProblems.UNAVAILABLE : Response.Status.UNAUTHORIZED.getStatusCode();
        return form.again(to, status, "Nobody was signed in: " + trouble.why());
    }

    /** Sent back from the issuer, which is another site; a strict cookie would not be. */
    private static NewCookie kept(String value, int seconds, RoutingContext context) {
        return new NewCookie.Builder(KEPT)
                .value(value)
                .path(PageAccess.SIGN_IN)
                .httpOnly(true)
                .secure(context.request().isSSL())
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(seconds)
                .build();
    }
}
