package dev.hubferry.messaging;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.InboxTable.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** How a run lets go of its command: with the answer, or without. */
final class Endings {
    private static final Logger LOG = Logger.getLogger(Endings.class);

    private final String owner;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Retry retry;

    Endings(String owner, Transactions transactions, Outbox outbox, Retry retry) {
        this.owner = owner;
        this.transactions = transactions;
        this.outbox = outbox;
        this.retry = retry;
    }

    /**
     * Marks the command as done and says the answer, both or neither; false when the command belongs to another run, and the answer is
     * thrown away.
     */
    @Failpoint("inbox.end")
    boolean end(RunId run, Message<Reply> answer) throws InterruptedException {
        boolean ended = retry.untilDone(
                "end a command", () -> transactions.inTransaction(connection -> end(connection, run, answer)));
        if (ended) {
            outbox.wake();
        } else {
            LOG.warn("another run has the command; the answer of this one is thrown away");
        }
        return ended;
    }

    private boolean end(Connection connection, RunId run, Message<Reply> answer) throws SQLException {
        if (!InboxTable.end(connection, owner, run, MessageCodec.encode(answer))) {
            return false;
        }
        outbox.add(connection, answer, Topics.REPLIES);
        return true;
    }

    /** Lets any replica claim the command at once. */
    @Failpoint("inbox.give-back")
    void giveBack(RunId run) {
        try {
            boolean given = transactions.inTransaction(connection -> InboxTable.giveBack(connection, owner, run));
            LOG.infof("the run ended without an answer, lease given back: %s", given);
        } catch (DatabaseException e) {
            LOG.debug("a lease could not be given back; it runs out by itself", e);
        }
    }
}
