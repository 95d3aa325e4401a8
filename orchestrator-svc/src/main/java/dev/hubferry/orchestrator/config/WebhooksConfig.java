package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receivers of events, by their names; the same on all replicas. */
@ConfigMapping(prefix = "hubferry.webhooks")
public interface WebhooksConfig {
    /** Names are up to 40 of a-z, 0-9 and -. */
    @WithParentName
    Map<String, Hook> named();

    /** A receiver. */
    interface Hook {
        /** Where events are posted, beginning with {@code https://}. */
        String url();

        /** A file with a line {@code whsec_<base64 of 24 to 64 random bytes>}, or two while the secret is changed: then everything is signed with both. */
        Path secretFile();

        /** Types of events, such as {@code hubferry.step-failed.v1}, or how they begin, such as {@code hubferry.migration-*}; all when left out. */
        Optional<List<String>> events();

        /** How long a request may take, from looking up the name to the end of the answer. */
        @WithDefault("PT10S")
        Duration timeout();

        /** Ranges of addresses that are not public and may be connected to all the same, such as {@code 10.20.0.0/16}. */
        Optional<List<String>> allowPrivate();

        /** Whether the URL may begin with {@code http://}: anybody on the way can read and change what is sent then. */
        @WithDefault("false")
        boolean allowHttp();

        /** A PEM file with the certificates of those who may vouch for the receiver, instead of those that the JVM trusts. */
        Optional<Path> certificates();
    }
}
