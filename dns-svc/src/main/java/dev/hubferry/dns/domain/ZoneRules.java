package dev.hubferry.dns.domain;

import java.time.Duration;

/**
 * What a zone's provider and operators demand of every change.
 *
 * @param shortestTtl the provider's smallest time to live, at least a second
 * @param longestTtl the provider's largest
 * @param managedMailAllowed whether zones may be written whose mail records the provider manages by itself
 * @param writeSettles how long after its start a write without an answer may still take effect
 */
public record ZoneRules(Duration shortestTtl, Duration longestTtl, boolean managedMailAllowed, Duration writeSettles) {
    public ZoneRules {
        if (shortestTtl.toSeconds() < 1 || shortestTtl.compareTo(longestTtl) > 0) {
            throw new IllegalArgumentException(
                    "the shortest TTL must be from 1 s to " + longestTtl + ", but was " + shortestTtl);
        }
    }
}
