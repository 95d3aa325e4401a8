package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.api.security.Issuer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may use the REST API: one of both must be set, or both. */
@ConfigMapping(prefix = "hubferry.auth")
public interface AuthConfig {
    /** A file with a line {@code name role[,role] sha256:<hex of the token's SHA-256>} per token. */
    Optional<Path> tokenFile();

    /** An OpenID Connect issuer whose tokens are taken too. */
    Oidc oidc();

    /** What is believed about the tokens of an issuer. */
    interface Oidc {
        /** The URL of the issuer as its tokens have it in {@code iss}; below it is {@code /.well-known/openid-configuration}. */
        Optional<String> issuer();

        /** A token must be for one of these, by its claim {@code aud}; required with an issuer. */
        Optional<Set<String>> audience();

        /** The claim that names people. One person must always have the same name there, and nobody else may ever have it. */
        @WithDefault("preferred_username")
        String nameClaim();

        /** A word that stands before names, with a colon, instead of the issuer's URL. */
        Optional<String> namePrefix();

        /** The claim that has the groups of a person: its name, or the path to it, with slashes. */
        @WithDefault("groups")
        String groupsClaim();

        /** Which groups have which role. */
        Roles roles();

        /** By how much the issuer's clock and this one may differ. */
        @WithDefault("PT30S")
        Duration clockSkew();

        /** How long the issuer's keys are not fetched again after that was done for a token with an unknown key. */
        @WithDefault("PT30S")
        Duration keysRefetch();

        /** How long the issuer may take to answer. */
        @WithDefault("PT5S")
        Duration timeout();

        /** How people of the page sign in at the issuer itself. */
        SignIn signIn();
    }

    /** The page as a client of the issuer. */
    interface SignIn {
        /** The page's name at the issuer; with it, people can sign in there. */
        Optional<String> clientId();

        /** A file with the client's secret, which is read for every sign-in; none for a public client. */
        Optional<Path> clientSecretFile();

        /** The page as browsers know it, such as {@code https://hubferry.example.org}; required with a client. */
        Optional<URI> pageUrl();

        /** The scopes that are asked for. */
        @WithDefault("openid,profile")
        List<String> scopes();

        /** Which of the issuer's tokens is kept, {@code access} or {@code id}: the one that is for an audience of {@code hubferry.auth.oidc.audience}. */
        @WithDefault("access")
        Issuer.TokenKind token();
    }

    /** Groups, separated by commas. */
    interface Roles {
        /** Groups whose people may look. */
        Optional<Set<String>> viewer();

        /** Groups whose people may request migrations and change their course. */
        Optional<Set<String>> operator();

        /** Groups whose people may answer gates. */
        Optional<Set<String>> approver();
    }
}
