package dev.hubferry.messaging;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.messaging.InboxTable.RunId;
import dev.hubferry.messaging.LeaseClock.Term;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The heartbeat: one statement extends the leases of all running commands, and brings back which were cancelled or taken over. A second
 * thread watches the terms, so that runs end in time even when the database hangs.
 */
final class LeaseKeeper {
    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(200);

    private final String owner;
    private final Transactions transactions;
    private final MessagingConfig config;
    private final LeaseClock clock;
    private final Map<RunId, Lease> leases = new ConcurrentHashMap<>();
    private final Signal beatNow = new Signal();
    private final List<Thread> threads;

    LeaseKeeper(String owner, Transactions transactions, MessagingConfig config, LeaseClock clock) {
        this.owner = owner;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
        this.threads = List.of(
                Thread.ofPlatform().daemon().name("lease-heartbeat").unstarted(this::beatForEver),
                Thread.ofPlatform().daemon().name("lease-watch").unstarted(this::watchForEver));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void stop() {
        threads.forEach(Thread::interrupt);
    }

    List<Thread> threads() {
        return threads;
    }

    /** A lease for a claim that is made right after this. */
    Term nextTerm() {
        return clock.term(config.lease());
    }

    Lease keep(RunId run, Term term) {
        Lease lease = new Lease(clock, term);
        leases.put(run, lease);
        return lease;
    }

    void release(RunId run) {
        leases.remove(run);
    }

    int size() {
        return leases.size();
    }

    void loseAll(String reason) {
        leases.values().forEach(lease -> lease.lose(reason));
    }

    /** Somebody was cancelled: look now. */
    void beatNow() {
        beatNow.raise();
    }

    private void beatForEver() {
        boolean healthy = true;
        try {
            while (true) {
                beatNow.await(healthy ? config.heartbeat() : config.retryPause());
                healthy = tryToBeat(healthy);
            }
        } catch (InterruptedException e) {
            LOG.debug("the heartbeat ends");
        }
    }

    private boolean tryToBeat(boolean wasHealthy) {
        try {
            beat();
            return true;
        } catch (RuntimeException | Error e) {
            if (wasHealthy) {
                LOG.warn("the heartbeat did not reach the database, will try again", e);
            }
            return false;
        }
    }

    private void beat() {
        List<RunId> alive = leases.entrySet().stream()
                .filter(entry -> !(entry.getValue().standing() instanceof Standing.Lost))
                .map(Map.Entry::getKey)
                .toList();
        if (alive.isEmpty()) {
            return;
        }
        Term term = nextTerm();
        Map<RunId, Boolean> extended = extend(alive);
        for (RunId run : alive) {
            Optional.ofNullable(leases.get(run))
                    .ifPresent(lease -> apply(lease, term, Optional.ofNullable(extended.get(run))));
        }
    }

    @Failpoint("lease.extend")
    private Map<RunId, Boolean> extend(List<RunId> alive) {
        return transactions.inTransaction(connection -> InboxTable.extend(connection, owner, alive, config.lease()));
    }

    private static void apply(Lease lease, Term term, Optional<Boolean> withdrawn) {
        if (withdrawn.isEmpty()) {
            lease.lose("another run has the command");
            return;
        }
        lease.extend(term);
        if (withdrawn.get()) {
            lease.cancel();
        }
    }

    private void watchForEver() {
        try {
            while (true) {
                Thread.sleep(WATCH_INTERVAL);
                // Asking is enough: a lease whose term is over loses itself and interrupts its run.
                leases.values().forEach(Lease::standing);
            }
        } catch (InterruptedException e) {
            LOG.debug("the watch over leases ends");
        }
    }
}
