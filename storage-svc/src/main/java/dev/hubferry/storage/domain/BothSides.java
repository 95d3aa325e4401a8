package dev.hubferry.storage.domain;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same on both hosts at a time. */
final class BothSides {
    private BothSides() {}

    /** Work on one side. */
    @FunctionalInterface
    interface Work<T> {
        T call() throws InterruptedException;
    }

    /** What came of the work on either side. */
    record Results<T>(T source, T target) {}

    /** Returns when both have ended; one that fails ends the other, and its failure is thrown. */
    static <T> Results<T> run(Work<T> source, Work<T> target) throws InterruptedException {
        // Closing it waits, and an interrupt while it waits ends both.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<T> ending = new ExecutorCompletionService<>(threads);
            Future<T> left = ending.submit(source::call);
            Future<T> right = ending.submit(target::call);
            boolean well = false;
            try {
                ending.take().get();
                ending.take().get();
                well = true;
                return new Results<>(left.get(), right.get());
            } catch (ExecutionException e) {
                throw thrown(e);
            } finally {
                if (!well) {
                    threads.shutdownNow();
                }
            }
        }
    }

    private static RuntimeException thrown(ExecutionException failed) throws InterruptedException {
        switch (failed.getCause()) {
            case InterruptedException interrupted -> throw interrupted;
            case Error error -> throw error;
            case RuntimeException failure -> {
                return failure;
            }
            case null, default -> throw new IllegalStateException("neither side throws this", failed);
        }
    }
}
