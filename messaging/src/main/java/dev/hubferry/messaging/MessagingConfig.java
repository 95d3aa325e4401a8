package dev.hubferry.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service takes commands, executes them and publishes messages. */
@ConfigMapping(prefix = "hubferry.messaging")
public interface MessagingConfig {
    /** {@code ce_source} of what this service says, such as {@code /hubferry/dns-svc}. */
    @WithDefault("/hubferry/${quarkus.application.name}")
    String source();

    /** How long a command belongs to a replica that is not heard of any more. */
    @WithDefault("PT6S")
    Duration lease();

    /** How often a replica says that it still works on its commands; at most half of the lease. */
    @WithDefault("PT2S")
    Duration heartbeat();

    /** How many commands a replica executes at once. */
    @WithDefault("64")
    int concurrency();

    /** How often the inbox is looked through for commands that nobody woke us for, such as those of a replica that died. */
    @WithDefault("PT0.5S")
    Duration inboxPoll();

    /** How often the outbox is looked through for messages that nobody woke us for. */
    @WithDefault("PT0.5S")
    Duration outboxPoll();

    /** How many messages the relay publishes in one go. */
    @WithDefault("500")
    int outboxBatch();

    /** The least time between two progress messages of a command. */
    @WithDefault("PT0.5S")
    Duration progressInterval();

    /** How long to wait before the database or the broker is tried again. */
    @WithDefault("PT0.5S")
    Duration retryPause();

    /** How often the database is asked for those figures of metrics that only it knows. */
    @WithDefault("PT10S")
    Duration metricsInterval();

    /** How long commands have, on shutdown, to notice and to end; their leases are then given back. */
    @WithDefault("PT5S")
    Duration stopGrace();
}
