package dev.hubferry.dns.config;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An account at Namecheap. */
public interface NamecheapConfig {
    /** Where the API is; only https, or http on loopback. */
    @WithDefault("https://api.namecheap.com/xml.response")
    URI url();

    /** The user whose API key it is; calls are counted per API user. */
    String apiUser();

    /** The user whose domains they are; without it, the API user. */
    Optional<String> userName();

    /** The mounted file that holds the API key and nothing else. */
    Path keyFile();

    /** The IPv4 address of this service that the account allows to call. */
    String clientIp();

    /** How long a call may take, answer included. */
    @WithDefault("PT30S")
    Duration timeout();

    /** How long after its start a write without an answer may still take effect; longer than the timeout. */
    @WithDefault("PT60S")
    Duration writeSettles();

    /** Calls in any minute. */
    @WithDefault("20")
    int callsPerMinute();

    /** Calls in any hour. */
    @WithDefault("700")
    int callsPerHour();

    /** Calls in any day. */
    @WithDefault("8000")
    int callsPerDay();
}
