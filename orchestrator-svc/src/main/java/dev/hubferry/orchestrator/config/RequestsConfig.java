package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Who may ask for something on the topic {@code hubferry.requests}; it is not read when nobody may. */
@ConfigMapping(prefix = "hubferry.requests")
public interface RequestsConfig {
    /** By the word that is {@code kid} in what they sign; they are called {@code key:<word>}. */
    Map<String, Requester> requesters();

    /** How long after it was signed a request may be good; at most a day. */
    @WithDefault("PT15M")
    Duration maxAge();

    /** How often plans that were asked for by event are looked at, whether they have ended. */
    @WithDefault("PT0.5S")
    Duration planPoll();

    /** Somebody who signs requests. */
    interface Requester {
        /** A PEM file with the public key: Ed25519 or P-256. */
        Path publicKeyFile();

        /** One or more of viewer, operator and approver. */
        Set<String> roles();
    }
}
