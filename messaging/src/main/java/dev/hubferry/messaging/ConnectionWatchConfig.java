package dev.hubferry.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a participant watches over its connections. */
@ConfigMapping(prefix = "hubferry.connection-watch")
public interface ConnectionWatchConfig {
    /** How often each connection is asked whether it answers; each time a little earlier or later, so that replicas do not ask at once. */
    @WithDefault("PT1M")
    Duration every();

    /** How long a connection may take to answer. */
    @WithDefault("PT20S")
    Duration timeLimit();

    /** How often what was found is said again, beside the times when it has changed. */
    @WithDefault("PT30S")
    Duration reportEvery();
}
