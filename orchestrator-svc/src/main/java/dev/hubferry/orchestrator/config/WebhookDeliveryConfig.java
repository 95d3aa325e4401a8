package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How webhooks are sent, all of them. */
@ConfigMapping(prefix = "hubferry.webhook-delivery")
public interface WebhookDeliveryConfig {
    /** The delay before the second attempt; doubles for each further one, and is shaken by a fifth. */
    @WithDefault("PT5S")
    Duration firstDelay();

    /** The longest delay, also of those that receivers ask for with Retry-After. */
    @WithDefault("PT1H")
    Duration cap();

    /** For how long a receiver takes nothing of a migration before events as old as that go to the dead letters. */
    @WithDefault("PT24H")
    Duration giveUpAfter();

    /** How many requests of one webhook a replica has under way. */
    @WithDefault("4")
    int concurrency();

    /** How often to look for what other replicas have added, or what is due again. */
    @WithDefault("PT1S")
    Duration poll();

    /** How much longer than its timeout an event belongs to a replica that is not heard of any more. */
    @WithDefault("PT30S")
    Duration leaseMargin();

    /** How long dead letters are kept. */
    @WithDefault("P30D")
    Duration keepDeadLetters();

    /** How long is kept what waits for a webhook that no replica is configured with any more. */
    @WithDefault("P7D")
    Duration keepRemoved();

    /** How often to look for what is kept no longer. */
    @WithDefault("PT1H")
    Duration forgetPoll();
}
