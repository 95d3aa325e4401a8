package dev.hubferry.db.adapter.kubernetes;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A call of the client library on a thread of its own, because the library loses some interrupts and cannot take back what it has sent:
 * the caller's thread only waits, so it knows of its interrupt, and decides what becomes of the call.
 *
 * @param <T> what the call returns
 */
final class OwnThread<T> {
    private static final Duration INTERRUPT_AGAIN = Duration.ofMillis(100);

    private final FutureTask<T> call;
    private final Thread thread;

    private OwnThread(String name, FutureTask<T> call) {
        this.call = call;
        this.thread = Thread.ofVirtual().name(name).start(call);
    }

    /**
     * Runs the call; an interrupt is passed on to it until it has ended.
     *
     * @throws InterruptedException when the calling thread was interrupted; the call has ended then
     */
    static <T> T interruptible(String name, Callable<T> call) throws InterruptedException {
        OwnThread<T> running = start(name, call);
        try {
            return running.result();
        } catch (InterruptedException e) {
            do {
                running.thread.interrupt();
            } while (!running.thread.join(INTERRUPT_AGAIN));
            throw e;
        }
    }

    /**
     * Runs the call to its end, whatever becomes of the calling thread.
     *
     * @throws InterruptedException after the call's end, when the calling thread was interrupted meanwhile
     */
    static <T> T toItsEnd(String name, Callable<T> call) throws InterruptedException {
        OwnThread<T> running = start(name, call);
        try {
            return running.result();
        } catch (InterruptedException e) {
            running.thread.join();
            throw e;
        }
    }

    private static <T> OwnThread<T> start(String name, Callable<T> call) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + name);
        }
        return new OwnThread<>(name, new FutureTask<>(call));
    }

    private T result() throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
