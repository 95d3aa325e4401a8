package dev.hubferry.orchestrator.api.security;

import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.Problems;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lets in who sends {@code Authorization: Bearer <token>} with a token of the file. */
@Singleton
public class BearerTokens implements HttpAuthenticationMechanism {
    private static final String SCHEME = "bearer ";

    private final Tokens tokens;
    private final Problems problems;

    BearerTokens(Tokens tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader("Authorization");
        if (header == null) {
            return Uni.createFrom().optional(Optional.empty());
        }
        Optional<Tokens.Holder> holder = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.holder(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        return holder.isPresent()
                ? Uni.createFrom().item(identity(holder.get()))
                : Uni.createFrom().failure(new AuthenticationFailedException("no such token"));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"hubferry\""));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        ProblemDetail problem = Problems.unauthorized();
        var unused = context.response()
                .setStatusCode(problem.status())
                .putHeader("WWW-Authenticate", "Bearer realm=\"hubferry\"")
                .putHeader("Content-Type", Problems.MEDIA_TYPE)
                .end(problems.json(problem));
        return Uni.createFrom().item(true);
    }

    private static SecurityIdentity identity(Tokens.Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRoles(holder.roles())
                .build();
    }
}
