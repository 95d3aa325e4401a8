package dev.hubferry.bench;

import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a number of migrations under way: where one ends the next is requested; gates are approved when they wait. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 16;
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

    private final Api api;
    private final String prefix;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requested = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean draining;
    private volatile Instant latest = Instant.EPOCH;

    /** @param prefix what the names of its hubs begin with; no other load has it */
    Load(Api api, String prefix) {
        this.api = api;
        this.prefix = prefix;
    }

    /** Requests so many migrations, and returns when all are accepted. */
    void start(int inFlight) {
        for (int i = 0; i < inFlight; i++) {
            requestNext();
        }
        Await.until("all requests to be accepted", DRAIN_LIMIT, () -> accepted.get() >= inFlight || hasFailed());
    }

    /** Returns when the first of its migrations has ended: before that, services that were just started are what would be measured. */
    void awaitFirst() {
        Await.until("the first migration to end", DRAIN_LIMIT, () -> ended.get() > 0 || hasFailed());
    }

    /** Returns when an event was heard that left the orchestrator after this time. */
    void awaitHeard(Instant time) {
        Await.until("later events", DRAIN_LIMIT, () -> latest.isAfter(time) || hasFailed());
    }

    /** What the ids of its migrations begin with. */
    String prefix() {
        return prefix;
    }

    boolean owns(String migration) {
        return migration.startsWith(prefix);
    }

    /** Requests no more, and returns when all have ended. */
    void drain() {
        draining = true;
        Await.until("the last migrations to end", DRAIN_LIMIT, () -> ended.get() >= requested.get() || hasFailed());
    }

    /** What did not go as it should. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int completed() {
        return ended.get();
    }

    void heard(PublicEvent event) {
        latest = event.published();
        switch (event.kind()) {
            case APPROVAL_AWAITED -> inBackground(() -> api.approve(event.migration(), event.subject()));
            case COMPLETED -> {
                if (!draining) {
                    requestNext();
                }
                ended.incrementAndGet();
            }
            case ROLLED_BACK, PARKED -> failures.add(event.migration() + " ended as " + event.kind());
            case STEP_STARTED, STEP_SUCCEEDED -> {}
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    private boolean hasFailed() {
        return !failures.isEmpty();
    }

    private void requestNext() {
        String hub = prefix + requested.incrementAndGet();
        inBackground(() -> {
            api.request(hub);
            accepted.incrementAndGet();
        });
    }

    private void inBackground(Runnable call) {
        clients.execute(() -> {
            try {
                call.run();
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        });
    }
}
