package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Keeps one API user's calls within the provider's limits, whatever zones and migrations they are for.
 *
 * <p>It counts in sliding windows, as the provider does: a bucket that refills steadily would allow twice the limit in one minute.
 */
public final class CallBudget {

    /** Calls in any minute, hour and day. */
    public record Limits(int perMinute, int perHour, int perDay) {
        public Limits {
            if (perMinute < 1 || perHour < 1 || perDay < 1) {
                throw new IllegalArgumentException(
                        "each limit must be at least 1, but they are " + perMinute + ", " + perHour + " and " + perDay);
            }
        }
    }

    /** A step that must wait longer is better tried again later: it holds its zone. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(61);

    private final Limits limits;
    private final Clock clock;
    private final Pause pause;
    private final Deque<Instant> calls = new ArrayDeque<>();

    public CallBudget(Limits limits, Clock clock, Pause pause) {
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Returns when a call may be made, and counts it.
     *
     * @throws DnsAccessException when that would take more than a minute
     */
    void take() throws InterruptedException {
        Instant end = clock.instant().plus(LONGEST_WAIT);
        for (Duration wait = tryTake(); wait.isPositive(); wait = tryTake()) {
            if (clock.instant().plus(wait).isAfter(end)) {
                throw new DnsAccessException(
                        ErrorCode.DNS_RATE_LIMITED,
                        "the API user's own call limit is used up; the next call is free in " + wait.toSeconds()
                                + " s");
            }
            pause.pause(wait);
        }
    }

    /** Counts a call and returns zero, or says how long to wait for one. */
    private synchronized Duration tryTake() {
        Instant now = clock.instant();
        while (!calls.isEmpty() && !calls.getFirst().isAfter(now.minus(Duration.ofDays(1)))) {
            calls.removeFirst();
        }
        Duration wait = longer(
                until(now, limits.perMinute(), Duration.ofMinutes(1)),
                longer(
                        until(now, limits.perHour(), Duration.ofHours(1)),
                        until(now, limits.perDay(), Duration.ofDays(1))));
        if (!wait.isPositive()) {
            calls.addLast(now);
        }
        return wait;
    }

    /** How long until the {@code limit}th call from the end has left the window. */
    private Duration until(Instant now, int limit, Duration window) {
        if (calls.size() < limit) {
            return Duration.ZERO;
        }
        Iterator<Instant> latestFirst = calls.descendingIterator();
        Instant last = now;
        for (int i = 0; i < limit; i++) {
            last = latestFirst.next();
        }
        return Duration.between(now, last.plus(window));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
