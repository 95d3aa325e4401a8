package dev.hubferry.db.domain;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work that goes on beside the caller's own; never outlives the block that began it.
 *
 * @param <T> what it ends with
 */
final class Alongside<T> implements AutoCloseable {
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<T> result;

    private Alongside(Callable<T> work) {
        this.result = thread.submit(work);
    }

    /** Starts the work. */
    static <T> Alongside<T> start(Callable<T> work) {
        return new Alongside<>(work);
    }

    /** Waits for the work; throws what it threw. */
    T result() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case InterruptedException interruption -> throw interruption;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Stops the work when it still goes on, and waits until it has stopped. */
    @Override
    public void close() {
        result.cancel(true);
        thread.close();
    }
}
