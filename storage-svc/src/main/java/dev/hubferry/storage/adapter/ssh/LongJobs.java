package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.trace.Traces;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many long jobs, of all migrations, each storage server has at a time, and keeps their connections for the next ones. */
final class LongJobs implements AutoCloseable {
    private final LongJobLimit limit;
    private final Traces traces;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<String, Deque<SshjShell>> idle = new ConcurrentHashMap<>();

    LongJobs(LongJobLimit limit, Traces traces) {
        this.limit = limit;
        this.traces = traces;
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
                Runnable turn = turn(server);
                SshjShell shell = shell(server);
                shells.put(server.name(), shell);
                taken.add(() -> {
                    keep(server, shell);
                    turn.run();
                });
            }
            complete = true;
            return new LongJob(shells, taken, traces);
        } finally {
            if (!complete) {
                taken.forEach(Runnable::run);
            }
        }
    }

    /** Its connection, if it has one, spares the job a login. */
    private SshjShell shell(StorageServer server) {
        SshjShell kept = idle(server).pollFirst();
        return kept == null ? new SshjShell(server) : kept;
    }

    /** What still runs on it is cut off; then it is no use to anyone else. */
    private void keep(StorageServer server, SshjShell shell) {
        if (shell.isFree()) {
            idle(server).addFirst(shell);
        } else {
            shell.close();
        }
    }

    private Deque<SshjShell> idle(StorageServer server) {
        return idle.computeIfAbsent(server.name(), name -> new ConcurrentLinkedDeque<>());
    }

    @Override
    public void close() {
        idle.values().forEach(shells -> {
            for (SshjShell shell = shells.pollFirst(); shell != null; shell = shells.pollFirst()) {
                shell.close();
            }
        });
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
