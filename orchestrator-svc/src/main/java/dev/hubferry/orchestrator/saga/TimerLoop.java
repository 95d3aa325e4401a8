package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Fires timers when they are due: woken for those that this process sets, and looking regularly for those of others. Any number of
 * replicas may run it at once.
 */
public final class TimerLoop {
    private static final Logger LOG = Logger.getLogger(TimerLoop.class);
    private static final int MOST_AT_ONCE = 100;

    private final Migrations migrations;
    private final MigrationStore store;
    private final Clock clock;
    private final Duration poll;
    private final Semaphore wake = new Semaphore(0);
    private volatile Instant nextLook = Instant.MAX;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("saga-timers").unstarted(this::run);

    public TimerLoop(Migrations migrations, MigrationStore store, Clock clock, Duration poll) {
        this.migrations = migrations;
        this.store = store;
        this.clock = clock;
        this.poll = poll;
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    public void stop() {
        thread.interrupt();
    }

    /** A timer was set, and stands: if it is due before the next look, the loop looks now. */
    public void set(Instant dueAt) {
        if (dueAt.isBefore(nextLook)) {
            wake.release();
        }
    }

    private void run() {
        try {
            while (true) {
                // Whatever is set from here on may be missed by this look, and wakes the next one.
                nextLook = Instant.MAX;
                Duration pause = turn();
                nextLook = clock.instant().plus(pause);
                if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the timers stop");
        }
    }

    /** Whatever is thrown, an Error too: with this thread every timer of the replica would stand still, and nobody would notice. */
    private Duration turn() {
        try {
            List<MigrationId> due = migrations.withDueTimers();
            for (int from = 0; from < due.size(); from += MOST_AT_ONCE) {
                fire(due.subList(from, Math.min(from + MOST_AT_ONCE, due.size())));
            }
            return untilNext();
        } catch (RuntimeException | Error e) {
            LOG.warn("timers cannot be read, will try again", e);
            return poll;
        }
    }

    /** One migration that cannot go on holds up no other: it is found by halves. */
    private void fire(List<MigrationId> due) {
        try {
            migrations.fireDueTimers(due);
        } catch (RuntimeException | Error e) {
            if (due.size() == 1) {
                LOG.errorf(e, "the timers of a migration cannot be fired: migration=%s", due.getFirst());
            } else {
                fire(due.subList(0, due.size() / 2));
                fire(due.subList(due.size() / 2, due.size()));
            }
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        Duration next = store.nextTimer().map(due -> Duration.between(now, due)).orElse(poll);
        if (next.isNegative() || next.compareTo(poll) > 0) {
            return poll;
        }
        // A millisecond more, since the wait is counted in whole ones.
        return next.plusMillis(1);
    }
}
