package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemPages;
import dev.hubferry.orchestrator.api.security.BearerTokens;
import dev.hubferry.orchestrator.api.security.PageAccess;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Shows problems as pages, in the words that REST has for them. */
@Singleton
public final class PageProblems implements ProblemPages {
    private final Frames frames;

    PageProblems(Frames frames) {
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance problem(Frame frame, ProblemDetail problem);

        static native TemplateInstance problemInPlace(ProblemDetail problem);

        static native TemplateInstance onceMore(String path);
    }

    @Override
    public boolean isFor(RoutingContext context) {
        return PageAccess.isPage(context);
    }

    @Override
    public String page(RoutingContext context, ProblemDetail problem) {
        return PageAccess.isFragment(context.request())
                ? Templates.problemInPlace(problem).render()
                : Templates.problem(frames.of(Section.NONE, context), problem).render();
    }

    @Override
    public void askToSignIn(RoutingContext context, ProblemDetail problem) {
        HttpServerRequest request = context.request();
        boolean refused = BearerTokens.isRefused(context);
        if (refused) {
            context.response().addCookie(TokenCookie.gone(request));
        }
        if (PageAccess.isFragment(request)) {
            String path = LocalPath.ofUrl(request.getHeader("HX-Current-URL"));
            var unused = context.response()
                    .setStatusCode(problem.status())
                    .putHeader("HX-Redirect", signIn(path, refused, problem))
                    .end();
        } else if (cameByLink(request)) {
            var unused = context.response()
                    .putHeader("Content-Type", "text/html;charset=UTF-8")
                    .end(Templates.onceMore(LocalPath.orHome(request.uri())).render());
        } else {
            // What was to be changed is not changed by coming back.
            String path = request.method() == HttpMethod.GET ? LocalPath.orHome(request.uri()) : LocalPath.HOME;
            var unused = context.response()
                    .setStatusCode(303)
                    .putHeader("Location", signIn(path, refused, problem))
                    .end();
        }
    }

    /** A link in a mail: the browser keeps the cookie back, and has it when the page itself asks again. */
    private static boolean cameByLink(HttpServerRequest request) {
        return request.method() == HttpMethod.GET
                && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static String signIn(String path, boolean refused, ProblemDetail problem) {
        String why = refused ? "&why=" + Why.of(problem.detail()).name() : "";
        return PageAccess.SIGN_IN + "?to=" + LocalPath.encoded(path) + why;
    }

    /** Why somebody who was signed in is not any more; the words in a URL are not shown, anybody may make one. */
    enum Why {
        EXPIRED("Your token has expired."),
        REFUSED("Your token is not valid any more.");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        private static Why of(String detail) {
            return detail.contains("expired") ? EXPIRED : REFUSED;
        }

        /** Empty when it is none of these. */
        static Optional<String> text(String name) {
            for (Why why : values()) {
                if (why.name().equals(name)) {
                    return Optional.of(why.text);
                }
            }
            return Optional.empty();
        }
    }
}
