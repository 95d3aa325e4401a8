package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.security.BearerTokens;
import dev.hubferry.orchestrator.api.security.PageAccess;
import io.quarkus.qute.CheckedTemplate;
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
    private static final int LONGEST_TOKEN = 3500;

    private final BearerTokens tokens;
    private final IdentityProviderManager providers;
    private final Frames frames;

    SignInResource(BearerTokens tokens, IdentityProviderManager providers, Frames frames) {
        this.tokens = tokens;
        this.providers = providers;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance signIn(Frame frame, String to, String remark, String error);
    }

    @GET
    @Path("/sign-in")
    public TemplateInstance show(@RestQuery @Nullable String to, @RestQuery @Nullable String why) {
        String remark = PageProblems.Why.text(why == null ? "" : why).orElse("");
        return Templates.signIn(frames.of(Section.NONE), LocalPath.orHome(to), remark, "");
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
        if (!isToken(given)) {
            return Uni.createFrom()
                    .item(again(
                            back,
                            AccessProblems.unauthorized(
                                    "a token has no blanks and at most %d characters".formatted(LONGEST_TOKEN))));
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

    /** Browsers take no larger cookies, and others no other characters. */
    private static boolean isToken(String given) {
        return given.length() <= LONGEST_TOKEN
                && given.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\');
    }

    private Response again(String to, ProblemDetail problem) {
        return Response.status(problem.status())
                .entity(Templates.signIn(frames.of(Section.NONE), to, "", problem.detail()))
                .type(MediaType.TEXT_HTML)
                .build();
    }
}
