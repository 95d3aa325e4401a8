package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How much may be under way at once, over all migrations. */
@ConfigMapping(prefix = "hubferry.limits")
public interface LimitsConfig {
    /** Bulk copies from or to one storage server. */
    Limit seedsPerStorage();

    /** Hubs of one cluster that are down because they move from it or to it. */
    CutoverLimit cutoversPerCluster();

    /** Hubs with a name at one account of a DNS provider that are down because they move. */
    CutoverLimit cutoversPerDnsAccount();

    /** The zone connections of an account, comma-separated, by its name; a zone that is missing here is an account of its own name. */
    Map<String, Set<String>> dnsAccounts();

    /** How often the queue is looked through for what another replica has changed. */
    @WithDefault("PT0.5S")
    Duration poll();

    /** How many, usually and by name. */
    interface Limit {
        /** Of each that is not named; 0 lets nobody in. */
        @WithDefault("2")
        int usual();

        /** Of those that can bear more, or less, by their names. */
        Map<String, Integer> of();
    }

    /** How many, usually and by name. */
    interface CutoverLimit extends Limit {
        @Override
        @WithDefault("3")
        int usual();
    }
}
