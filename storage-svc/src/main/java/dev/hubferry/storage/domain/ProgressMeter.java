package dev.hubferry.storage.domain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The rate of work under way as of late, and how long what is left takes at that rate. */
public final class ProgressMeter {
    /** Rates are of the last so many: long enough for a large file and many tiny ones to even out. */
    private static final Duration WINDOW = Duration.ofSeconds(30);

    /** Less than that says nothing: a new connection takes a while. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private final Deque<Look> looks = new ArrayDeque<>();

    /**
     * @param nanos on a clock that never goes back
     * @param bytes done so far
     * @param work done so far, in any unit
     */
    private record Look(long nanos, long bytes, long work) {}

    /** Takes a look; see {@link Look}. */
    public void seen(long nanos, long bytes, long work) {
        looks.addLast(new Look(nanos, bytes, work));
        while (looks.size() > 2 && nanos - looks.getFirst().nanos() > WINDOW.toNanos()) {
            looks.removeFirst();
        }
    }

    /** Bytes a second; empty while too little was seen. */
    public Optional<Long> bytesPerSecond() {
        return span().map(nanos ->
                Math.round(rate(looks.getLast().bytes() - looks.getFirst().bytes(), nanos)
                        * Duration.ofSeconds(1).toNanos()));
    }

    /**
     * In whole seconds; empty while too little was seen, or nothing moves.
     *
     * @param total the work that there is, in the unit of what was seen
     */
    public Optional<Duration> timeLeft(long total) {
        return span().flatMap(nanos -> {
            double rate = rate(looks.getLast().work() - looks.getFirst().work(), nanos);
            long left = Math.max(0, total - looks.getLast().work());
            return rate <= 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(
                            Math.round(left / rate / Duration.ofSeconds(1).toNanos())));
        });
    }

    private Optional<Long> span() {
        if (looks.isEmpty()) {
            return Optional.empty();
        }
        long nanos = looks.getLast().nanos() - looks.getFirst().nanos();
        return nanos < ENOUGH.toNanos() ? Optional.empty() : Optional.of(nanos);
    }

    /** For a nanosecond; a count that went back, as that of a batch which is begun again does, is none. */
    private static double rate(long more, long nanos) {
        return (double) Math.max(0, more) / nanos;
    }
}
