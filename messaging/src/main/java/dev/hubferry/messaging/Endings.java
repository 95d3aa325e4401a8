package dev.hubferry.messaging;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.InboxTable.Answered;
import dev.hubferry.messaging.InboxTable.RunId;
import dev.hubferry.trace.TraceParent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * How runs let go of their commands: with the answer, or without.
 *
 * <pre>
 *   run ──► waiting ──► whoever has the turn ends all that wait, in one transaction ──► each learns what became of it
 * </pre>
 *
 * <p>Nobody waits for company: a run that comes alone has its turn at once; those that come while a transaction is under way share the next.
 */
final class Endings {
    private static final Logger LOG = Logger.getLogger(Endings.class);
    private static final int MOST_AT_ONCE = 100;

    private final String owner;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Retry retry;
    private final Queue<Ending> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    Endings(String owner, Transactions transactions, Outbox outbox, Retry retry) {
        this.owner = owner;
        this.transactions = transactions;
        this.outbox = outbox;
        this.retry = retry;
    }

    /**
     * Marks the command as done and says the answer, both or neither; false when the command belongs to another run, and the answer is
     * thrown away.
     *
     * @param trace where the run is in it
     */
    @Failpoint("inbox.end")
    boolean end(RunId run, Message<Reply> answer, Optional<TraceParent> trace) throws InterruptedException {
        Ending mine = new Ending(run, answer, trace);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.isSettled()) {
                settle(nextBatch());
            }
        } finally {
            turn.unlock();
        }
        boolean ended = mine.ended();
        if (!ended) {
            LOG.warn("another run has the command; the answer of this one is thrown away");
        }
        return ended;
    }

    /** How many wait until a transaction that is under way has ended. */
    int waiting() {
        return waiting.size();
    }

    private List<Ending> nextBatch() {
        List<Ending> batch = new ArrayList<>();
        while (batch.size() < MOST_AT_ONCE) {
            Ending next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    /** What is wrong with one ending is no matter of the others: then each has a transaction of its own. */
    private void settle(List<Ending> batch) {
        try {
            Set<RunId> ended = retry.untilDone(
                    "end commands", () -> transactions.inTransaction(connection -> end(connection, batch)));
            batch.forEach(ending -> ending.settle(ended.contains(ending.run())));
            outbox.wake();
        } catch (InterruptedException e) {
            batch.forEach(ending -> ending.fail(e));
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.getFirst().fail(e);
            } else {
                batch.forEach(ending -> settle(List.of(ending)));
            }
        }
    }

    private Set<RunId> end(Connection connection, List<Ending> batch) throws SQLException {
        List<Answered> answers = batch.stream()
                .map(ending -> new Answered(ending.run(), ending.answer()))
                .toList();
        Set<RunId> ended = InboxTable.end(connection, owner, answers);
        List<WireMessage> said = batch.stream()
                .filter(ending -> ended.contains(ending.run()))
                .map(Ending::answer)
                .toList();
        outbox.addEncoded(connection, said, Topics.REPLIES);
        return ended;
    }

    /** Lets any replica claim the command at once; false when it is not known to be this run's. */
    @Failpoint("inbox.give-back")
    boolean giveBack(RunId run) {
        try {
            boolean given = transactions.inTransaction(connection -> InboxTable.giveBack(connection, owner, run));
            LOG.infof("the run ended without an answer, lease given back: %s", given);
            return given;
        } catch (DatabaseException e) {
            LOG.debug("a lease could not be given back; it runs out by itself", e);
            return false;
        }
    }
}
