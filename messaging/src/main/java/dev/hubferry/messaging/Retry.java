package dev.hubferry.messaging;

import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Sits out outages of the database: the same work again until it is done, or the service stops. */
public final class Retry {
    private static final Logger LOG = Logger.getLogger(Retry.class);
    private static final int ATTEMPTS_BETWEEN_WARNINGS = 60;

    private final Duration pause;
    private final Runnable failed;
    private volatile boolean stopped;

    /** @param pause between two attempts */
    public Retry(Duration pause) {
        this(pause, () -> {});
    }

    /** @param failed is told of each attempt that the database failed */
    Retry(Duration pause, Runnable failed) {
        this.pause = pause;
        this.failed = failed;
    }

    /**
     * Returns what {@code work} returned at last.
     *
     * @param what for the log, such as {@code store commands}
     * @throws DatabaseException when the data itself is at fault, so that no attempt can succeed
     * @throws InterruptedException when the service stops first
     */
    public <T> T untilDone(String what, Supplier<T> work) throws InterruptedException {
        for (long attempt = 1; ; attempt++) {
            try {
                T result = work.get();
                if (attempt > 1) {
                    LOG.infof("succeeded after %d attempts: %s", attempt, what);
                }
                return result;
            } catch (DatabaseException e) {
                if (e.isAboutTheData()) {
                    throw e;
                }
                failed.run();
                if (attempt % ATTEMPTS_BETWEEN_WARNINGS == 1) {
                    LOG.warnf(e, "the database is not available, will try again: %s", what);
                }
            }
            if (stopped) {
                throw new InterruptedException("the service stops: " + what);
            }
            Thread.sleep(pause);
        }
    }

    /** No further attempts from now on. */
    void stop() {
        stopped = true;
    }
}
