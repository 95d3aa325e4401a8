package dev.hubferry.messaging;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a signal while nobody waits is kept, several count as one. */
final class Signal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        raised.release();
    }

    /** Returns at a signal, or after {@code limit}. */
    void await(Duration limit) throws InterruptedException {
        if (raised.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            raised.drainPermits();
        }
    }
}
