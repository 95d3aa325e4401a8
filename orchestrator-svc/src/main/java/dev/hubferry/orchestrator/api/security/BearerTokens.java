package dev.hubferry.orchestrator.api.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemPages;
import dev.hubferry.orchestrator.api.problem.Problems;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets in who sends {@code Authorization: Bearer <token>}, or on a page the same token in its cookie: what is a JSON web token goes to the
 * issuer's keys, if there is an issuer, and anything else to the token file. In the place of all other mechanisms, so that there is no
 * second way in.
 */
@Alternative
@Priority(1)
@Singleton
public class BearerTokens implements HttpAuthenticationMechanism {
    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "bearer ";
    private static final String REALM = "Bearer realm=\"hubferry\"";
    private static final String PROBLEM = BearerTokens.class.getName();

    private final Access access;
    private final OidcAuthenticationMechanism oidc;
    private final IssuerReach reach;
    private final Problems problems;
    private final ProblemPages pages;

    BearerTokens(Access access, OidcAuthenticationMechanism oidc, Clock clock, Problems problems, ProblemPages pages) {
        this.access = access;
        this.oidc = oidc;
        this.reach = new IssuerReach(clock);
        this.problems = problems;
        this.pages = pages;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(AUTHORIZATION);
        if (header == null) {
            return PageAccess.token(context)
                    .map(token -> verify(token, context, providers))
                    .orElseGet(() -> Uni.createFrom().optional(Optional.empty()));
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused(context, AccessProblems.unauthorized("the header Authorization has no bearer token"));
        }
        return verify(header.substring(SCHEME.length()).strip(), context, providers);
    }

    /** Who has this token; fails when nobody does, with what {@link #refusal} says then. */
    public Uni<SecurityIdentity> verify(String token, RoutingContext context, IdentityProviderManager providers) {
        if (access.issuer().isPresent() && Jwt.isOne(token)) {
            // Where Quarkus looks for it.
            context.request().headers().set(AUTHORIZATION, SCHEME + token);
            return ofIssuer(access.issuer().get(), context, providers);
        }
        return access.tokens()
                .holder(token)
                .map(holder -> Uni.createFrom().item(identity(holder)))
                .orElseGet(() -> refused(context, AccessProblems.unauthorized("the token is not in the token file")));
    }

    private Uni<SecurityIdentity> ofIssuer(Issuer issuer, RoutingContext context, IdentityProviderManager providers) {
        if (reach.inPause()) {
            return refused(context, AccessProblems.issuerUnavailable());
        }
        return oidc.authenticate(context, providers)
                .onItem()
                .ifNull()
                .failWith(AuthenticationFailedException::new)
                .onItemOrFailure()
                .transformToUni((verified, failure) -> failure == null
                        ? verified(issuer, context, verified)
                        : refused(context, notVerified(Verification.of(failure))));
    }

    private Uni<SecurityIdentity> verified(Issuer issuer, RoutingContext context, SecurityIdentity verified) {
        reach.answered();
        // What was verified, not what the header was read as here.
        JsonNode claims =
                Jwt.claims(verified.getCredential(AccessTokenCredential.class).getToken());
        return switch (new Claims(issuer).read(claims)) {
            case Claims.Named.Person person ->
                Uni.createFrom().item(TokenLife.limited(identity(person.holder()), goodUntil(issuer, claims)));
            case Claims.Named.Nobody nobody -> refused(context, AccessProblems.unauthorized(nobody.why()));
        };
    }

    /** As it was verified: with what the clocks may differ. */
    private static Instant goodUntil(Issuer issuer, JsonNode claims) {
        return Instant.ofEpochSecond(claims.path("exp").longValue())
                .plus(issuer.times().clockSkew());
    }

    private ProblemDetail notVerified(Verification verification) {
        return switch (verification) {
            case Verification.Refused refused -> {
                reach.answered();
                yield AccessProblems.unauthorized(refused.why());
            }
            case Verification.Unanswered unanswered -> {
                reach.failed(unanswered.why());
                yield AccessProblems.issuerUnavailable();
            }
        };
    }

    private static Uni<SecurityIdentity> refused(RoutingContext context, ProblemDetail problem) {
        context.put(PROBLEM, problem);
        return Uni.createFrom().failure(new AuthenticationFailedException(problem.detail()));
    }

    /** Why the token of this request lets nobody in, if it had one that does not. */
    public static Optional<ProblemDetail> refusal(RoutingContext context) {
        return Optional.ofNullable(context.get(PROBLEM));
    }

    /** Whether this request had a token that is wrong; one that nobody could verify is not. */
    public static boolean isRefused(RoutingContext context) {
        return refusal(context)
                .filter(problem -> problem.status() != AccessProblems.UNAVAILABLE)
                .isPresent();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", REALM));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        ProblemDetail problem = refusal(context).orElseGet(AccessProblems::noToken);
        if (problem.status() == AccessProblems.UNAVAILABLE) {
            problems.send(context, problem, 5);
        } else if (pages.isFor(context)) {
            pages.askToSignIn(context, problem);
        } else {
            context.response().putHeader("WWW-Authenticate", challenge(context, problem));
            problems.send(context, problem);
        }
        return Uni.createFrom().item(true);
    }

    /** RFC 6750: a request without a token is told of no error. */
    private static String challenge(RoutingContext context, ProblemDetail problem) {
        return context.get(PROBLEM) == null
                ? REALM
                : REALM + ", error=\"invalid_token\", error_description=\""
                        + problem.detail().replace('"', '\'') + "\"";
    }

    private static SecurityIdentity identity(Tokens.Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRoles(holder.roles())
                .build();
    }
}
