package dev.hubferry.orchestrator.api.security;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** Which paths are pages for people, and the cookie that lets them in there and nowhere else. */
public final class PageAccess {
    public static final String COOKIE = "hubferry_token";

    /** Of the cookie: browsers do not send it anywhere else. */
    public static final String ROOT = "/ui";

    public static final String SIGN_IN = ROOT + "/sign-in";

    /** From here the browser is sent to the issuer. */
    public static final String TO_ISSUER = SIGN_IN + "/issuer";

    /** Here the issuer sends the browser back. */
    public static final String SIGNED_IN = SIGN_IN + "/done";

    /** For everybody; whoever has an old token must get here, too. */
    private static final Set<String> OPEN = Set.of(SIGN_IN, TO_ISSUER, SIGNED_IN);

    private PageAccess() {}

    /** Whether a person with a browser is answered, and not a program. */
    public static boolean isPage(RoutingContext context) {
        String path = context.normalizedPath();
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    /** Whether a script of a page asked, which swaps what it gets into it. */
    public static boolean isFragment(HttpServerRequest request) {
        return "true".equals(request.getHeader("HX-Request"));
    }

    /** What the cookie has, on pages that need somebody. */
    static Optional<String> token(RoutingContext context) {
        return isPage(context) && !OPEN.contains(context.normalizedPath())
                ? Optional.ofNullable(context.request().getCookie(COOKIE)).map(Cookie::getValue)
                : Optional.empty();
    }
}
