package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MessageId;
import java.time.Duration;

/**
 * How often, and how soon, a step is tried again: later and later, at most {@code cap} apart, with a jitter that is a function of
 * the command's id, so that a decision made again comes out the same.
 *
 * @param first the delay before the second attempt
 * @param cap the longest delay
 * @param attempts the first one included
 */
public record RetryPolicy(Duration first, Duration cap, int attempts) {
    public RetryPolicy {
        if (first.isNegative() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a retry's first delay must be 0 or more and at most the cap, but was " + first + " of " + cap);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts count from 1, but was " + attempts);
        }
    }

    boolean allows(int attempt) {
        return attempt <= attempts;
    }

    /**
     * The delay before an attempt: between a half and the whole of the exponential one.
     *
     * @param attempt the attempt to come, from 2
     * @param command the id of its command
     */
    Duration delayBefore(int attempt, MessageId command) {
        int doublings = Math.min(attempt - 2, 30);
        long capMillis = cap.toMillis();
        long exponential = first.toMillis() << doublings;
        long whole = exponential < 0 || exponential > capMillis ? capMillis : exponential;
        return Duration.ofMillis((long) (whole * (0.5 + 0.5 * fraction(command.value()))));
    }

    /** A number from 0 to 1 that looks random and depends on nothing but the text (the finalizer of SplitMix64 over an FNV hash). */
    private static double fraction(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
