package dev.hubferry.storage.domain;

import dev.hubferry.contracts.PassReport;
import java.time.Duration;
import java.util.List;

/**
 * Decides whether another seed pass pays: passes repeat until one is short or they no longer get shorter.
 *
 * @param minimum passes to run in any case
 * @param maximum passes to run at most
 * @param shortPass a pass that took no longer is short
 */
public record SeedPlan(int minimum, int maximum, Duration shortPass) {
    /** A pass that takes more than this share of the one before it has stopped getting shorter. */
    private static final double SHRINKS = 0.75;

    public SeedPlan {
        if (minimum < 1 || maximum < minimum) {
            throw new IllegalArgumentException(
                    "passes must be at least 1 and at most the maximum, but were " + minimum + " and " + maximum);
        }
    }

    public boolean wantsAnother(List<PassReport> passes) {
        int done = passes.size();
        if (done < minimum) {
            return true;
        }
        if (done >= maximum) {
            return false;
        }
        Duration last = length(passes.getLast());
        if (last.compareTo(shortPass) <= 0) {
            return false;
        }
        return done < 2
                || last.toMillis() < SHRINKS * length(passes.get(done - 2)).toMillis();
    }

    private static Duration length(PassReport pass) {
        return Duration.between(pass.startedAt(), pass.endedAt());
    }
}
