package dev.hubferry.orchestrator.saga;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Grants slots: woken when this process has changed who waits or has some, and looking regularly for what others changed. Any number of
 * replicas may run it at once.
 */
public final class GrantLoop {
    private static final Logger LOG = Logger.getLogger(GrantLoop.class);

    private final Granting granting;
    private final Duration poll;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("saga-slots").unstarted(this::run);

    public GrantLoop(Granting granting, Duration poll) {
        this.granting = granting;
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

    /** Somebody came, or gave something back. */
    public void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (true) {
                turn();
                if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("granting stops");
        }
    }

    /** Whatever is thrown, an Error too: without this thread the replica would grant nothing any more, and nobody would notice. */
    private void turn() {
        try {
            granting.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("the queue cannot be read, will try again", e);
        }
    }
}
