package dev.hubferry.messaging;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/** The threads that a service cannot do without. Each is written so that it does not end by itself; one that did is mended by a restart. */
public final class Vitals {
    private final Map<String, BooleanSupplier> threads = new ConcurrentSkipListMap<>();
    private volatile boolean stopping;

    /** From now on the service is ill when {@code alive} is false. */
    public void watch(String thread, BooleanSupplier alive) {
        threads.put(thread, alive);
    }

    void watch(Thread thread) {
        watch(thread.getName(), thread::isAlive);
    }

    /** Threads end from now on, as they should. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Those that have ended though the service goes on. */
    List<String> dead() {
        return stopping
                ? List.of()
                : threads.entrySet().stream()
                        .filter(thread -> !thread.getValue().getAsBoolean())
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
