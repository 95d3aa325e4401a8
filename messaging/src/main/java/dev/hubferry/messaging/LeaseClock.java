package dev.hubferry.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * How much of a lease is left, as this process can tell without asking the database.
 *
 * <p>Two clocks, and the faster one counts: the monotonic one does not jump, but stands still while the whole machine sleeps; the
 * wall clock goes on then.
 */
record LeaseClock(Clock wall, LongSupplier nanoTime) {
    /**
     * A time from now. To be taken <em>before</em> the statement that grants the lease, so that it ends here no later than in the
     * database.
     */
    Term term(Duration length) {
        return new Term(nanoTime.getAsLong() + length.toNanos(), wall.instant().plus(length));
    }

    boolean isOver(Term term) {
        return nanoTime.getAsLong() - term.untilNanos() >= 0 || !wall.instant().isBefore(term.until());
    }

    /** Until when a lease lasts, by either clock. */
    record Term(long untilNanos, Instant until) {}
}
