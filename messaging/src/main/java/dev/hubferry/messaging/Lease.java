package dev.hubferry.messaging;

import dev.hubferry.messaging.LeaseClock.Term;
import org.jspecify.annotations.Nullable;

/**
 * A run's right to act for its command, as this process knows it.
 *
 * <p>It is lost at the latest when the term is over, whether or not a heartbeat has found out: a process that was suspended is refused
 * by its first question after waking.
 */
final class Lease {
    private final LeaseClock clock;
    private Term term;
    private Standing standing = new Standing.Held();
    private @Nullable Thread runner;

    Lease(LeaseClock clock, Term term) {
        this.clock = clock;
        this.term = term;
    }

    synchronized Standing standing() {
        if (clock.isOver(term)) {
            change(standing.lost("no heartbeat reached the database in time"));
        }
        return standing;
    }

    /** Has no effect on a lease that is lost. */
    synchronized void extend(Term longer) {
        if (!(standing() instanceof Standing.Lost)) {
            term = longer;
        }
    }

    synchronized void cancel() {
        change(standing().cancelled());
    }

    synchronized void lose(String reason) {
        change(standing.lost(reason));
    }

    /** From now on {@code thread} is interrupted when the standing changes. */
    synchronized void startIn(Thread thread) {
        runner = thread;
        if (!(standing instanceof Standing.Held)) {
            thread.interrupt();
        }
    }

    /** The handler has ended: interrupting its thread would now only hit the transaction that ends the command. */
    synchronized void endRun() {
        runner = null;
        var unused = Thread.interrupted();
    }

    private void change(Standing to) {
        if (to.equals(standing)) {
            return;
        }
        standing = to;
        if (runner != null) {
            runner.interrupt();
        }
    }
}
