package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Puts the frame around a page. */
@Singleton
public final class Frames {
    /** Where the filter that guards forms leaves what they must send. */
    private static final String CSRF = "csrf_token";

    private static final String CSRF_COOKIE = "hubferry_csrf";

    private final Assets assets;
    private final CurrentVertxRequest request;

    Frames(Assets assets, CurrentVertxRequest request) {
        this.assets = assets;
        this.request = request;
    }

    /** For the request that is being answered. */
    public Frame of(Section section) {
        return of(section, request.getCurrent());
    }

    Frame of(Section section, RoutingContext context) {
        Optional<SecurityIdentity> who = context.user() instanceof QuarkusHttpUser user
                ? Optional.of(user.getSecurityIdentity()).filter(identity -> !identity.isAnonymous())
                : Optional.empty();
        return new Frame(
                section,
                who.map(identity -> identity.getPrincipal().getName()).orElse(""),
                who.map(Frames::roles).orElse(List.of()),
                csrf(context),
                assets);
    }

    private static List<String> roles(SecurityIdentity identity) {
        return Role.ALL.stream().filter(identity::hasRole).sorted().toList();
    }

    private static String csrf(RoutingContext context) {
        String fresh = context.get(CSRF);
        return Optional.ofNullable(fresh)
                .or(() -> Optional.ofNullable(context.request().getCookie(CSRF_COOKIE))
                        .map(Cookie::getValue))
                .orElse("");
    }
}
