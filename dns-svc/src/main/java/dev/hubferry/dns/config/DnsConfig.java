package dev.hubferry.dns.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** The zones that hubs can be moved in, and how name servers are asked. */
@ConfigMapping(prefix = "hubferry.dns")
public interface DnsConfig {
    /** The zone connections by the name that the spec of a migration gives them. */
    Map<String, ZoneConfig> zones();

    /** How long to wait between two rounds of asking all name servers of a zone. */
    @WithDefault("PT0.5S")
    Duration propagationInterval();

    /** How long name servers may stay behind before the step is answered with what each of them says. */
    @WithDefault("PT30M")
    Duration propagationLimit();

    /** How long a name server has to answer a question, which is asked twice. */
    @WithDefault("PT3S")
    Duration nameServerTimeout();
}
