package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.messaging.InboxTable.Claim;
import dev.hubferry.messaging.InboxTable.RunId;
import dev.hubferry.messaging.LeaseClock.Term;
import dev.hubferry.messaging.Meters.Outcome;
import dev.hubferry.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Executes the commands of the inbox, each on a virtual thread, under leases.
 *
 * <pre>
 *   claim (lease, epoch + 1) ──► CommandRun on its thread ──► one transaction: DONE + reply in the outbox
 *        ▲                            │ lost: no answer, the lease is given back
 *        └── woken by intake, by a run's end, by the poll
 * </pre>
 */
final class DurableExecutor {
    private static final Logger LOG = Logger.getLogger(DurableExecutor.class);

    private final String owner;
    private final AnyHandler<?> handler;
    private final Set<String> types;
    private final Transactions transactions;
    private final LeaseKeeper leases;
    private final Endings endings;
    private final Replies replies;
    private final ProgressPublisher progress;
    private final MessagingConfig config;
    private final Meters meters;
    private final Traces traces;
    private final Signal workToDo = new Signal();
    private final Thread claimer =
            Thread.ofPlatform().daemon().name("inbox-claimer").unstarted(this::claimForEver);
    private volatile boolean stopping;

    DurableExecutor(
            String owner,
            AnyHandler<?> handler,
            Transactions transactions,
            LeaseKeeper leases,
            Endings endings,
            Replies replies,
            ProgressPublisher progress,
            MessagingConfig config,
            Meters meters,
            Traces traces) {
        this.owner = owner;
        this.handler = handler;
        this.types = handler.wireTypes();
        this.transactions = transactions;
        this.leases = leases;
        this.endings = endings;
        this.replies = replies;
        this.progress = progress;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
        meters.watchRunning(leases::size);
    }

    void start() {
        leases.start();
        claimer.start();
    }

    /** Those that it cannot do without. */
    List<Thread> threads() {
        return Stream.concat(Stream.of(claimer), leases.threads().stream()).toList();
    }

    /** Ends all runs, gives their leases back and returns, at the latest after the configured grace. */
    void stop() throws InterruptedException {
        stopping = true;
        claimer.interrupt();
        claimer.join(config.stopGrace());
        leases.loseAll("the service stops");
        long start = System.nanoTime();
        while (leases.size() > 0
                && System.nanoTime() - start < config.stopGrace().toNanos()) {
            workToDo.await(Duration.ofMillis(50));
        }
        leases.stop();
    }

    /** There may be something to claim. @param cancellations whether running commands may have been cancelled */
    void wake(boolean cancellations) {
        workToDo.raise();
        if (cancellations) {
            leases.beatNow();
        }
    }

    private void claimForEver() {
        boolean healthy = true;
        try {
            while (!stopping) {
                try {
                    claimWhatMayRun();
                    healthy = true;
                } catch (RuntimeException | Error e) {
                    // Errors too: a replica whose claimer is gone would look alive and do nothing.
                    if (healthy) {
                        LOG.warn("commands could not be claimed, will try again", e);
                    }
                    healthy = false;
                }
                workToDo.await(config.inboxPoll());
            }
        } catch (InterruptedException e) {
            LOG.debug("the claimer ends");
        }
    }

    /**
     * Once is enough: whatever could not be claimed becomes claimable by something that wakes the claimer, such as a command's arrival, a
     * run's end, or the poll.
     */
    private void claimWhatMayRun() {
        int free = config.concurrency() - leases.size();
        if (free > 0 && !stopping && !ProcessEnd.hasBegun()) {
            var unused = claim(free);
        }
    }

    /** How many there were. */
    @Failpoint("inbox.claim")
    private int claim(int limit) {
        Term term = leases.nextTerm();
        List<Claim> claims;
        try {
            claims = transactions.inTransaction(
                    connection -> InboxTable.claim(connection, owner, types, limit, config.lease()));
        } catch (DatabaseException e) {
            if (e.isConflict()) {
                // Another replica claimed a neighbour at the same instant; what is left is seen at the next look.
                workToDo.raise();
                return 0;
            }
            throw e;
        }
        meters.takenOver(
                claims.stream().filter(claim -> claim.gone().isPresent()).count());
        claims.forEach(claim -> start(claim, term));
        return claims.size();
    }

    private void start(Claim claim, Term term) {
        Lease lease = leases.keep(claim.run(), term);
        var unused = Thread.ofVirtual()
                .name("command-" + claim.run().seq() + "-" + claim.run().epoch())
                .start(() -> execute(claim, lease));
    }

    private void execute(Claim claim, Lease lease) {
        boolean ended = false;
        try {
            ended = switch (MessageCodec.decode(claim.wire())) {
                case Decoded.Known known -> execute(claim, known.message(), lease);
                case Decoded.Undecodable undecodable ->
                    throw new IllegalStateException("the inbox holds what cannot be read: " + undecodable.reason());
            };
        } catch (InterruptedException e) {
            LOG.warn("the service stops before a command could be ended; it will be handled again");
        } catch (RuntimeException | Error e) {
            LOG.error("a command could not be ended; it will be handled again when its lease has run out", e);
        } finally {
            leases.release(claim.run());
            if (!stopping && lease.standing() instanceof Standing.Lost) {
                meters.leaseLost();
            }
            progress.end(lease, ended);
            workToDo.raise();
        }
    }

    private boolean execute(Claim claim, Message<?> command, Lease lease) throws InterruptedException {
        RunId run = claim.run();
        Envelope envelope = command.envelope();
        try (RunTrace trace = RunTrace.begin(traces, claim, envelope);
                LogKeys _ = LogKeys.put(envelope, run.epoch(), trace.place())) {
            if (claim.withdrawn()) {
                return end(run, replies.cancelled(envelope), trace);
            }
            var effects = new LeasedEffects(envelope, owner, run, transactions);
            var execution = new LeasedExecution(envelope, run.epoch(), lease, progress, effects);
            long start = System.nanoTime();
            Optional<Message<Reply>> answer = new CommandRun(handler, command, execution, lease, replies).run();
            if (answer.isEmpty() && endings.giveBack(run)) {
                trace.tell(answer);
            }
            boolean ended = answer.isPresent() && end(run, answer.get(), trace);
            count(envelope.type(), ended ? answer : Optional.empty(), System.nanoTime() - start);
            return ended;
        }
    }

    /** Told only when the command was this run's to end: otherwise the run that has it now has told of this one. */
    private boolean end(RunId run, Message<Reply> answer, RunTrace trace) throws InterruptedException {
        boolean ended = endings.end(run, answer, trace.place());
        if (ended) {
            trace.tell(Optional.of(answer));
        }
        return ended;
    }

    private void count(String type, Optional<Message<Reply>> said, long nanos) {
        Outcome outcome = said.map(reply -> Outcome.of(reply.body())).orElse(Outcome.UNANSWERED);
        meters.commandRan(type, outcome, nanos);
        if (outcome == Outcome.REJECTED && said.isPresent() && said.get().body() instanceof Rejected rejected) {
            meters.commandRejected(type, rejected.code());
        }
    }
}
