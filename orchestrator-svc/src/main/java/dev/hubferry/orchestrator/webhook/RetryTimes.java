package dev.hubferry.orchestrator.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * When something is sent again.
 *
 * @param firstDelay after the first attempt; doubles for each further one
 * @param cap the longest delay, also of those that receivers ask for
 * @param giveUpAfter for how long a receiver takes nothing of a migration before what is as old goes to the dead letters
 */
public record RetryTimes(Duration firstDelay, Duration cap, Duration giveUpAfter) {
    private static final int MOST_DOUBLINGS = 30;
    /** By how much a delay may differ, so that those that failed together do not come together again. */
    private static final double JITTER = 0.2;

    /**
     * @param attempts how often it was sent, from 1
     * @param random from 0 to 1
     */
    Duration after(int attempts, double random) {
        double exact = firstDelay.toMillis() * Math.pow(2, Math.min(attempts - 1, MOST_DOUBLINGS));
        double shaken = Math.min(exact, cap.toMillis()) * (1 - JITTER + 2 * JITTER * random);
        return Duration.ofMillis((long) shaken);
    }

    /** What a receiver asked for, within bounds. */
    Duration bounded(Duration asked) {
        if (asked.compareTo(firstDelay) < 0) {
            return firstDelay;
        }
        return asked.compareTo(cap) > 0 ? cap : asked;
    }

    /** An event that happened while the receiver was failing has as long as the one that failed first. */
    boolean isOver(Instant failingSince, Instant happened, Instant now) {
        Instant end = now.minus(giveUpAfter);
        return !failingSince.isAfter(end) && !happened.isAfter(end);
    }
}
