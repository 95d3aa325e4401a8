package dev.hubferry.fakes.kubernetes.controller;

import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the reconcilers after every change of the store, one at a time on one thread.
 *
 * <p>Every reconciler looks at the whole (small) world and takes it one step nearer to what is wished; its own changes
 * wake the loop again.
 */
public final class ControlLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    private final ScheduledExecutorService thread;
    private final List<Reconciler> reconcilers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();

    /** Takes the world one step nearer to what is wished. */
    @FunctionalInterface
    public interface Reconciler {
        void reconcile();
    }

    public ControlLoop(String name, ObjectStore store) {
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("kubernetes-" + name).daemon().factory());
        store.listen(event -> wake());
    }

    public void add(Reconciler reconciler) {
        reconcilers.add(reconciler);
        wake();
    }

    /** Lets everything be reconciled soon. */
    public void wake() {
        if (pending.compareAndSet(false, true)) {
            run(Duration.ZERO, this::reconcileAll);
        }
    }

    /** Does something on the loop's thread, later. */
    public void run(Duration delay, Runnable task) {
        try {
            thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the cluster is closed; a late task is left out");
        }
    }

    private void reconcileAll() {
        pending.set(false);
        reconcilers.forEach(reconciler -> guarded(reconciler::reconcile));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (ApiFailure e) {
            LOG.log(System.Logger.Level.DEBUG, "a controller was overtaken and tries again", e);
            run(AFTER_FAILURE, this::wake);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a controller failed", e);
        }
    }

    /** Returns when nothing is done on the loop's thread any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
