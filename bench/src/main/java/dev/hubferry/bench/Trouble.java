package dev.hubferry.bench;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Migrations that others must not feel: one whose participant works on a command for ever, and every ten seconds another whose participant
 * throws, and one whose participant gives an answer that cannot be applied.
 */
final class Trouble implements AutoCloseable {
    private static final long PERIOD_SECONDS = 10;

    private final Api api;
    private final String suffix;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    private Trouble(Api api, String suffix) {
        this.api = api;
        this.suffix = suffix;
    }

    /** @param suffix what the names of its hubs end with */
    static Trouble begin(Api api, String suffix) {
        Trouble trouble = new Trouble(api, suffix);
        api.request("crawls-" + suffix);
        var unused = trouble.clock.scheduleAtFixedRate(trouble::more, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
        return trouble;
    }

    /** Requests that were not accepted. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void more() {
        try {
            String name = number.incrementAndGet() + "-" + suffix;
            api.request("crashes-" + name);
            api.request("unreadable-" + name);
        } catch (RuntimeException e) {
            failures.add(e.toString());
        }
    }
}
