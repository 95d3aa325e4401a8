package dev.hubferry.orchestrator.api.security;

import dev.hubferry.contracts.Require;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID Connect issuer whose tokens are taken, and what they say about people.
 *
 * @param url as it stands in the claim {@code iss}, to the letter
 * @param audience a token must be for one of these
 * @param names how people are called
 * @param groupsClaim where a token has the groups of its holder, such as {@code groups} or {@code realm_access/roles}
 * @param rolesOf what groups may do; a group that is not here may do nothing
 * @param times what is waited for, and for how long
 * @param signIn how people of the page fetch a token themselves; empty: they bring one
 */
public record Issuer(
        String url,
        Set<String> audience,
        Names names,
        String groupsClaim,
        Map<String, Set<String>> rolesOf,
        Times times,
        Optional<SignIn> signIn) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException when a value is wrong; says which key and what it should be */
    public Issuer {
        safeUrl("hubferry.auth.oidc.issuer", url);
        if (URI.create(url).getRawQuery() != null) {
            throw new IllegalArgumentException("hubferry.auth.oidc.issuer has a query, which no issuer has");
        }
        Require.text(groupsClaim, "hubferry.auth.oidc.groups-claim");
        audience = Set.copyOf(audience);
        rolesOf = Map.copyOf(rolesOf);
        if (audience.isEmpty() || audience.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "hubferry.auth.oidc.audience is empty: without it a token that was made for"
                            + " another service would be good for this one");
        }
        // Quarkus takes this word for every audience.
        if (audience.contains("any")) {
            throw new IllegalArgumentException("hubferry.auth.oidc.audience cannot be 'any'");
        }
        if (rolesOf.isEmpty()) {
            throw new IllegalArgumentException("no group has a role, so nobody could do anything: set at least one of"
                    + " hubferry.auth.oidc.roles.viewer, .operator and .approver");
        }
    }

    /**
     * What people are called in four eyes, idempotency keys and the audit.
     *
     * @param claim the one claim that names people
     * @param prefix before every name; has a colon, which no name of the token file has
     */
    public record Names(String claim, String prefix) {
        private static final String WORD = "[a-z0-9][a-z0-9-]*";
        private static final List<String> TAKEN = List.of("http", "https", Requester.WORD);

        public Names {
            Require.text(claim, "hubferry.auth.oidc.name-claim");
            if (prefix.indexOf(':') < 0) {
                throw new IllegalArgumentException("a prefix without a colon: " + prefix);
            }
        }

        /** Names that say which issuer knows them. */
        public static Names of(String issuer, String claim) {
            safeUrl("hubferry.auth.oidc.issuer", issuer);
            return new Names(claim, issuer + "#");
        }

        /** @param word in the place of the issuer's URL */
        public static Names shortened(String word, String claim) {
            if (!word.matches(WORD) || TAKEN.contains(word)) {
                throw new IllegalArgumentException("hubferry.auth.oidc.name-prefix is '" + word
                        + "', not a word of small letters, digits and hyphens other than http, https and "
                        + Requester.WORD);
            }
            return new Names(claim, word + ":");
        }
    }

    /**
     * @param clockSkew by how much the clocks of issuer and service may differ
     * @param keysRefetch how long no keys are fetched again after that was done for a token with an unknown key
     * @param timeout how long the issuer may take to answer
     */
    public record Times(Duration clockSkew, Duration keysRefetch, Duration timeout) {
        private static final Duration MOST_SKEW = Duration.ofMinutes(10);

        private static void requirePositive(Duration time, String key) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException(key + " is " + time + ", not longer than nothing");
            }
        }

        public Times {
            if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
                throw new IllegalArgumentException(
                        "hubferry.auth.oidc.clock-skew is " + clockSkew + ", not 0 s to 10 minutes");
            }
            requirePositive(keysRefetch, "hubferry.auth.oidc.keys-refetch");
            requirePositive(timeout, "hubferry.auth.oidc.timeout");
        }
    }

    /** Which of the tokens that the issuer gives is kept. */
    public enum TokenKind {
        ACCESS("access_token"),
        ID("id_token");

        private final String field;

        TokenKind(String field) {
            this.field = field;
        }

        /** In the issuer's answer. */
        String field() {
            return field;
        }
    }

    /**
     * @param clientId as the issuer knows the page
     * @param clientSecretFile what the page proves that with; empty for a public client
     * @param pageUrl the page as browsers know it, such as {@code https://hubferry.example.org}
     * @param scopes what is asked for
     * @param token has to be for one of the issuer's audiences
     */
    public record SignIn(
            String clientId, Optional<Path> clientSecretFile, URI pageUrl, List<String> scopes, TokenKind token) {
        private static final String KEY = "hubferry.auth.oidc.sign-in.";

        public SignIn {
            Require.text(clientId, KEY + "client-id");
            scopes = List.copyOf(scopes);
            if (!scopes.contains("openid")) {
                throw new IllegalArgumentException(KEY + "scopes is " + String.join(",", scopes)
                        + ", without openid, which OpenID Connect is asked by");
            }
            clientSecretFile.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
                throw new IllegalArgumentException(KEY + "client-secret-file: " + file + " cannot be read");
            });
            safeUrl(KEY + "page-url", pageUrl.toString());
            if (!pageUrl.getRawPath().isEmpty() && !pageUrl.getRawPath().equals("/")) {
                throw new IllegalArgumentException(KEY + "page-url is " + pageUrl + ", with a path: the page is at "
                        + PageAccess.ROOT + " of its host");
            }
        }

        /** To be registered at the issuer, to the letter. */
        URI redirectUri() {
            return pageUrl.resolve(PageAccess.SIGNED_IN);
        }
    }

    /**
     * Keys, codes and tokens come over such a line, so nobody may be able to read or change them on the way.
     *
     * @throws IllegalArgumentException when it is none
     */
    static URI safeUrl(String name, String url) {
        URI uri = URI.create(url);
        boolean safe = "https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
        if (!safe || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    name + " is '" + url + "', not an https:// URL (http:// only on this host)");
        }
        if (uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " has a fragment or a user");
        }
        return uri;
    }
}
