package dev.hubferry.orchestrator.saga;

import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Forgets dry runs some time after they have ended. Any number of replicas may run it at once. */
public final class ForgetLoop {
    private static final Logger LOG = Logger.getLogger(ForgetLoop.class);
    private static final int MOST_AT_ONCE = 100;

    private final PlanStore plans;
    private final Clock clock;
    private final Duration retention;
    private final Duration poll;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("saga-forget-plans").unstarted(this::run);

    /** @param retention how long a dry run is kept after its end */
    public ForgetLoop(PlanStore plans, Clock clock, Duration retention, Duration poll) {
        this.plans = plans;
        this.clock = clock;
        this.retention = retention;
        this.poll = poll;
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                turn();
                Thread.sleep(poll);
            }
        } catch (InterruptedException e) {
            LOG.debug("forgetting stops");
        }
    }

    /** Whatever is thrown, an Error too: without this thread the replica would forget nothing any more, and nobody would notice. */
    private void turn() {
        try {
            int forgotten;
            do {
                forgotten = plans.forget(clock.instant().minus(retention), MOST_AT_ONCE);
            } while (forgotten == MOST_AT_ONCE);
        } catch (RuntimeException | Error e) {
            LOG.warn("old plans cannot be deleted, will try again", e);
        }
    }
}
