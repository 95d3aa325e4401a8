package dev.hubferry.fakes.namecheap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts an API user's calls in sliding windows. */
final class CallLimits {

    private final FakeNamecheapConfig.Limits limits;
    private final Clock clock;
    private final Deque<Instant> calls = new ArrayDeque<>();

    CallLimits(FakeNamecheapConfig.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts a call; false when it is one too many, and then it is not counted. */
    synchronized boolean admit() {
        Instant now = clock.instant();
        while (!calls.isEmpty() && calls.peekFirst().isBefore(now.minus(Duration.ofDays(1)))) {
            calls.removeFirst();
        }
        if (since(now, Duration.ofMinutes(1)) >= limits.perMinute()
                || since(now, Duration.ofHours(1)) >= limits.perHour()
                || calls.size() >= limits.perDay()) {
            return false;
        }
        calls.addLast(now);
        return true;
    }

    private long since(Instant now, Duration window) {
        Instant start = now.minus(window);
        return calls.stream().filter(call -> call.isAfter(start)).count();
    }
}
