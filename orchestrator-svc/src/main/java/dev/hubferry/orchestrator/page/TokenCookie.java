package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.PageAccess;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;

/** Keeps the token in the browser: out of reach of scripts and of other sites, and sent to pages only. */
final class TokenCookie {
    /** In words, what a token has that a browser keeps. */
    static final String TAKEN = "no blanks and at most 3500 characters";

    private static final int LONGEST = 3500;

    private TokenCookie() {}

    /** Browsers take no larger cookies, and others no other characters. */
    static boolean takes(String token) {
        return token.length() <= LONGEST
                && token.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\');
    }

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
