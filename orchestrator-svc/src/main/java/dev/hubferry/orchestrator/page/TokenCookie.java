package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.PageAccess;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;

/** Keeps the token in the browser: out of reach of scripts and of other sites, and sent to pages only. */
final class TokenCookie {
    private TokenCookie() {}

    /** Until the browser is closed; the token itself says for how long it is good. */
    static Cookie of(String token, HttpServerRequest request) {
        return Cookie.cookie(PageAccess.COOKIE, token)
                .setPath(PageAccess.ROOT)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(request.isSSL());
    }

    static Cookie gone(HttpServerRequest request) {
        return of("", request).setMaxAge(0);
    }
}
