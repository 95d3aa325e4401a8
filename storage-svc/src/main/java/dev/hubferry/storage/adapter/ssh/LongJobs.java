package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many long jobs, of all migrations, each storage server has at a time. */
final class LongJobs {
    private final LongJobLimit limit;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    LongJobs(LongJobLimit limit) {
        this.limit = limit;
    }

    /**
     * Waits for the turn on all of these servers. All jobs ask in the same order, so none waits for a job that waits for it.
     *
     * @throws Refusal SSH_UNREACHABLE when a turn does not come in time
     */
    LongJob begin(List<StorageServer> servers) throws InterruptedException {
        Map<String, StorageServer> ordered = new TreeMap<>();
        servers.forEach(server -> ordered.put(server.name(), server));
        List<Runnable> taken = new ArrayList<>();
        Map<String, SshjShell> shells = new HashMap<>();
        boolean complete = false;
        try {
            for (StorageServer server : ordered.values()) {
                taken.add(turn(server));
                shells.put(server.name(), new SshjShell(server));
            }
            complete = true;
            return new LongJob(shells, taken);
        } finally {
            if (!complete) {
                taken.forEach(Runnable::run);
            }
        }
    }

    private Runnable turn(StorageServer server) throws InterruptedException {
        Semaphore semaphore = turns.computeIfAbsent(server.name(), name -> new Semaphore(limit.atATime(), true));
        if (!semaphore.tryAcquire(limit.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw Refusal.of(
                    ErrorCode.SSH_UNREACHABLE,
                    "%s has been busy for %s: %d scans and verifications are under way there"
                            .formatted(server.label(), limit.patience(), limit.atATime()));
        }
        return semaphore::release;
    }
}
