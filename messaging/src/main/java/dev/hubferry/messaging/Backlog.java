package dev.hubferry.messaging;

import dev.hubferry.messaging.Figures.Figure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What waits in the inbox and in the outbox, and for how long; the same at every replica of a service. */
final class Backlog implements Sampled {
    /** The age is that of a command that could run: one behind another of its key waits rightly, however long. */
    private static final String INBOX = """
            select count(*),
                   coalesce(extract(epoch from clock_timestamp() - min(received_at) filter (where not exists (
                       select from inbox other
                       where other.exclusive_key = waiting.exclusive_key
                         and other.state <> 'DONE'
                         and other.seq <> waiting.seq
                         and (other.seq < waiting.seq or other.state = 'RUNNING')))), 0)
            from inbox waiting
            where state = 'PENDING'
            """;

    private static final String OUTBOX = """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)
            from outbox
            """;

    private final Transactions transactions;
    private final Figures figures;
    private final Queue inbox;
    private final Queue outbox;

    /** How many, and for how long the first of them. */
    private record Queue(Figure pending, Figure oldest) {}

    Backlog(Transactions transactions, Figures figures) {
        this.transactions = transactions;
        this.figures = figures;
        this.inbox = new Queue(
                figures.figure("hubferry.inbox.pending", "Commands of the inbox that no replica runs yet"),
                figures.figure(
                        "hubferry.inbox.oldest.seconds",
                        "For how long the oldest command waits that no other one stands before; 0 when none does"));
        this.outbox = new Queue(
                figures.figure("hubferry.outbox.pending", "Messages of the outbox that are not published yet"),
                figures.figure(
                        "hubferry.outbox.oldest.seconds",
                        "For how long the oldest message waits to be published; 0 when none does"));
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public void ask() {
        transactions.runInTransaction(connection -> {
            ask(connection, INBOX, inbox);
            ask(connection, OUTBOX, outbox);
        });
    }

    private static void ask(Connection connection, String sql, Queue queue) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            queue.pending().set(row.getLong(1));
            queue.oldest().set(Math.max(0, row.getDouble(2)));
        }
    }
}
