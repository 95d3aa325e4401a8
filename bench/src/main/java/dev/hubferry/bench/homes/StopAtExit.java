package dev.hubferry.bench.homes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets this thread take down what it has made when the JVM is asked to end, as by Ctrl-C: it is interrupted, and the JVM waits for it.
 *
 * <p>Processes end with the JVM in any case; networks do not.
 */
final class StopAtExit implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("bench-at-exit").unstarted(this::stop);

    StopAtExit() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
        }
    }

    private void stop() {
        owner.interrupt();
        try {
            if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("hubferry: the bench has not ended in time; ip netns list may show what it left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
