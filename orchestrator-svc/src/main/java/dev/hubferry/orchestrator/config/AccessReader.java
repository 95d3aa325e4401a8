package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.api.security.Access;
import dev.hubferry.orchestrator.api.security.Issuer;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.security.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes of the configuration whom the API lets in. */
final class AccessReader {
    private AccessReader() {}

    /**
     * Reads the token file, if there is one, and asks no issuer.
     *
     * @throws RuntimeException when something is wrong or nobody could get in; says which key or line
     */
    static Access read(AuthConfig config) {
        return new Access(config.tokenFile().map(Tokens::read).orElseGet(Tokens::none), issuer(config.oidc()));
    }

    private static Optional<Issuer> issuer(AuthConfig.Oidc oidc) {
        if (oidc.issuer().isEmpty()
                && (oidc.audience().isPresent()
                        || !rolesOf(oidc.roles()).isEmpty()
                        || oidc.signIn().clientId().isPresent())) {
            throw new IllegalArgumentException(
                    "hubferry.auth.oidc has settings, but no hubferry.auth.oidc.issuer: set it, or take them out");
        }
        return oidc.issuer().map(url -> issuer(url, oidc));
    }

    private static Issuer issuer(String url, AuthConfig.Oidc oidc) {
        Issuer.Names names = oidc.namePrefix()
                .map(word -> Issuer.Names.shortened(word, oidc.nameClaim()))
                .orElseGet(() -> Issuer.Names.of(url, oidc.nameClaim()));
        return new Issuer(
                url,
                oidc.audience().orElse(Set.of()),
                names,
                oidc.groupsClaim(),
                rolesOf(oidc.roles()),
                new Issuer.Times(oidc.clockSkew(), oidc.keysRefetch(), oidc.timeout()),
                signIn(oidc.signIn()));
    }

    private static Optional<Issuer.SignIn> signIn(AuthConfig.SignIn signIn) {
        if (signIn.clientId().isEmpty()
                && (signIn.clientSecretFile().isPresent() || signIn.pageUrl().isPresent())) {
            throw new IllegalArgumentException(
                    "hubferry.auth.oidc.sign-in has settings, but no client-id: set it, or take them out");
        }
        return signIn.clientId()
                .map(client -> new Issuer.SignIn(
                        client,
                        signIn.clientSecretFile(),
                        signIn.pageUrl()
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "hubferry.auth.oidc.sign-in.page-url is not set: the issuer sends browsers back there")),
                        signIn.scopes(),
                        signIn.token()));
    }

    private static Map<String, Set<String>> rolesOf(AuthConfig.Roles roles) {
        Map<String, Set<String>> rolesOf = new HashMap<>();
        give(Role.VIEWER, roles.viewer(), rolesOf);
        give(Role.OPERATOR, roles.operator(), rolesOf);
        give(Role.APPROVER, roles.approver(), rolesOf);
        return rolesOf;
    }

    private static void give(String role, Optional<Set<String>> groups, Map<String, Set<String>> rolesOf) {
        for (String group : groups.orElse(Set.of())) {
            rolesOf.computeIfAbsent(group, _ -> new HashSet<>()).add(role);
        }
    }
}
