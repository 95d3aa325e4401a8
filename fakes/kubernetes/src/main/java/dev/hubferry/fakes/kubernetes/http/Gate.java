package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.access.AccessRequest;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.access.Users;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Lets in who has a known token, and then only to what the rules allow. */
final class Gate {

    private static final String BEARER = "bearer ";
    private static final Set<String> CONNECTING = Set.of("exec", "attach", "portforward");

    private final Users users;

    Gate(Users users) {
        this.users = users;
    }

    /** Fails with 401 on an unknown token; nobody's request without one is anonymous. */
    FakeUser authenticate(HttpServerRequest raw) {
        String header = Optional.ofNullable(raw.getHeader("Authorization")).orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Users.ANONYMOUS;
        }
        return users.withToken(header.substring(BEARER.length()).strip()).orElseThrow(ApiFailure::unauthorized);
    }

    /**
     * Fails with 403 when no rule allows the request.
     *
     * <p>A WebSocket into a pod is a GET, so it needs {@code get}; since Kubernetes 1.35 it needs {@code create} too
     * (KEP-4006). Whoever passes here passes on older clusters as well.
     */
    void authorize(ApiRequest request) {
        AccessRequest access = request.access();
        require(request, access);
        if (CONNECTING.contains(access.subresource())) {
            require(request, access.withVerb("create"));
        }
    }

    void requireSomebody(FakeUser user, String path) {
        if (user.equals(Users.ANONYMOUS)) {
            throw ApiFailure.forbidden("forbidden: User \"%s\" cannot get path \"%s\"".formatted(user.name(), path));
        }
    }

    private static void require(ApiRequest request, AccessRequest access) {
        if (request.user().may(access)) {
            return;
        }
        ResourceType type = request.type();
        String place = access.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"" + access.namespace() + "\"";
        throw ApiFailure.forbidden(
                type,
                access.name(),
                "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                        .formatted(
                                request.user().name(), access.verb(), access.qualifiedResource(), type.group(), place));
    }
}
