package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Fires timers when they are due: woken for those that this process sets, and looking regularly for those of others. Any number of
 * replicas may run it at once.
 */
public final class TimerLoop {
    private static final Logger LOG = Logger.getLogger(TimerLoop.class);

    private final Migrations migrations;
    private final MigrationStore store;
    private final Clock clock;
    private final Duration poll;
    private final Semaphore wake = new Semaphore(0);
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

    public void stop() {
        thread.interrupt();
    }

    /** A migration changed, so there may be an earlier timer. */
    public void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (true) {
                Duration pause = turn();
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
            for (MigrationId migration : migrations.withDueTimers()) {
                fire(migration);
            }
            return untilNext();
        } catch (RuntimeException | Error e) {
            LOG.warn("timers cannot be read, will try again", e);
            return poll;
        }
    }

    /** One migration that cannot go on holds up no other. */
    private void fire(MigrationId migration) {
        try {
            migrations.fireDueTimers(migration);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the timers of a migration cannot be fired: migration=%s", migration);
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
