package dev.hubferry.orchestrator.api.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of tokens for each caller, which fills at an even rate. As many as {@code most} are remembered; the one that was not asked for
 * the longest is forgotten first, and would be full again by then unless somebody has that many names.
 */
final class Buckets {
    private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

    private final int burst;
    private final int perMinute;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets;

    Buckets(int burst, int perMinute, int most, TimeMeter clock) {
        this.burst = burst;
        this.perMinute = perMinute;
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes one; 0 when there was one, else in how many seconds there will be. */
    long take(String caller) {
        return seconds(bucket(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** Takes none; 0 when there is one, else in how many seconds there will be. */
    long look(String caller) {
        return seconds(bucket(caller).estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    synchronized int size() {
        return buckets.size();
    }

    private synchronized Bucket bucket(String caller) {
        return buckets.computeIfAbsent(
                caller,
                _ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .withCustomTimePrecision(clock)
                        .build());
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS_A_SECOND);
    }
}
