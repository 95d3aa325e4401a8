package dev.hubferry.orchestrator.api.problem;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is answered to those who do not get in, or may not do what they ask for. */
public final class AccessProblems {
    public static final int UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private AccessProblems() {}

    public static ProblemDetail noToken() {
        return unauthorized("the request has no token");
    }

    /** @param why one sentence without anything of the token */
    public static ProblemDetail unauthorized(String why) {
        return problem(
                "unauthorized",
                "No valid token",
                UNAUTHORIZED,
                why,
                "send the header Authorization: Bearer <token> with a token of the token file or, where one is configured, a fresh"
                        + " one of the OpenID Connect issuer");
    }

    public static ProblemDetail issuerUnavailable() {
        return problem(
                "issuer-unavailable",
                "The token's issuer does not answer",
                UNAVAILABLE,
                "the OpenID Connect issuer of this service cannot be asked for its keys, so its tokens cannot be verified",
                "send the request again in some seconds; tokens of the token file are good meanwhile");
    }

    /**
     * @param who asked
     * @param has roles
     * @param needed roles one of which would be enough
     */
    public static ProblemDetail forbidden(String who, Set<String> has, Set<String> needed) {
        String roles =
                has.isEmpty() ? "no role: none of its groups has one" : "role " + String.join(", ", new TreeSet<>(has));
        return problem(
                "forbidden",
                "The token's role does not allow this",
                FORBIDDEN,
                "%s has %s".formatted(who, roles),
                "use a token with role " + String.join(" or ", new TreeSet<>(needed)));
    }

    /** As {@link #forbidden}, of somebody who signs requests. */
    public static ProblemDetail forbiddenKey(String who, Set<String> has, String needed) {
        return problem(
                "forbidden",
                "The key's role does not allow this",
                FORBIDDEN,
                "%s has role %s".formatted(who, String.join(", ", new TreeSet<>(has))),
                "sign with a key whose hubferry.requests.requesters.<name>.roles has " + needed);
    }

    private static ProblemDetail problem(String name, String title, int status, String detail, String remedy) {
        return new ProblemDetail("urn:hubferry:problem:" + name, title, status, detail, remedy, List.of(), List.of());
    }
}
