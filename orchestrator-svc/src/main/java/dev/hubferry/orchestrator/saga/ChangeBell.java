package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes those in this process who watch a migration; what changed they look up themselves. */
public final class ChangeBell {
    private final Map<MigrationId, Set<Listener>> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    public void ring(MigrationId migration) {
        listeners.getOrDefault(migration, Set.of()).forEach(Listener::wake);
    }

    /** Hears every ring from now on, until it is closed. */
    public Listener listen(MigrationId migration) {
        Listener listener = new Listener(migration);
        listeners.compute(migration, (_, all) -> {
            Set<Listener> present = all == null ? ConcurrentHashMap.newKeySet() : all;
            present.add(listener);
            return present;
        });
        return listener;
    }

    /** The service stops: nobody shall wait any more. */
    public void close() {
        closed.set(true);
        listeners.values().forEach(all -> all.forEach(Listener::wake));
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** One who watches. */
    public final class Listener implements AutoCloseable {
        private final MigrationId migration;
        private final Semaphore rings = new Semaphore(0);

        Listener(MigrationId migration) {
            this.migration = migration;
        }

        /** Returns at a ring, which may have been before, or after {@code limit}. */
        public void await(Duration limit) throws InterruptedException {
            if (!closed.get() && rings.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                rings.drainPermits();
            }
        }

        private void wake() {
            rings.release();
        }

        @Override
        public void close() {
            listeners.computeIfPresent(migration, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
