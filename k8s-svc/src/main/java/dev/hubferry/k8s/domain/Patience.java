package dev.hubferry.k8s.domain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks again and again until what is awaited is there.
 *
 * @param sleeper how to pass the time between two looks
 * @param nanoTime elapsed time, such as {@link System#nanoTime()}
 * @param pollInterval between two looks
 */
public record Patience(Sleeper sleeper, LongSupplier nanoTime, Duration pollInterval) {

    /** The first value that {@code look} has; empty when it had none for {@code limit}. Stops when the lease is lost. */
    public <T> Optional<T> await(Duration limit, Lease lease, Supplier<Optional<T>> look) throws InterruptedException {
        long start = nanoTime.getAsLong();
        while (true) {
            lease.ensureHeld();
            Optional<T> found = look.get();
            if (found.isPresent() || nanoTime.getAsLong() - start >= limit.toNanos()) {
                return found;
            }
            sleeper.sleep(pollInterval);
        }
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }
}
