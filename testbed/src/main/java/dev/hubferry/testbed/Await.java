package dev.hubferry.testbed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition until a deadline and says what it waited for when it never came. */
public final class Await {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /**
     * Returns as soon as {@code condition} is true; an exception in it counts as "not yet", an {@link AssertionError} passes at once: it
     * says that waiting is of no use.
     *
     * @param what completes the sentence "waited 10 s for …"
     * @throws TestbedException when the deadline passed; its cause is the last exception of the condition, if any
     */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        var _ = value(what, deadline, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Returns the first value that {@code source} has; an exception in it counts as "not yet", an {@link AssertionError} passes at once:
     * it says that waiting is of no use.
     *
     * @param what completes the sentence "waited 10 s for …"
     * @throws TestbedException when the deadline passed; its cause is the last exception of the source, if any
     */
    public static <T> T value(String what, Duration deadline, Callable<Optional<T>> source) {
        long start = System.nanoTime();
        Exception last = null;
        boolean over;
        do {
            // Asked first: whoever slept through the deadline looks once more.
            over = System.nanoTime() - start >= deadline.toNanos()
                    || Thread.currentThread().isInterrupted();
            try {
                Optional<T> found = source.call();
                if (found.isPresent()) {
                    return found.get();
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            if (!over) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } while (!over);
        throw expired(what, deadline, last);
    }

    private static TestbedException expired(String what, Duration deadline, @Nullable Exception last) {
        String why = last == null ? "" : " (last error: " + last + ")";
        return new TestbedException("waited " + deadline.toMillis() + " ms for " + what + why, last);
    }
}
