package dev.hubferry.messaging;

import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.InboxTable.Arrival;
import dev.hubferry.messaging.MessageReader.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes commands, and their cancellations, from Kafka into the inbox, and answers probes of them.
 *
 * <p>A message that comes again changes nothing: the reply to a command that is done was put into the outbox in the transaction that
 * ended it, so it is not lost and need not be said again.
 */
public final class CommandIntake {
    private final AnyHandler<?> handler;
    private final MessageReader reader;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Replies replies;
    private final Retry retry;
    private final DurableExecutor executor;

    CommandIntake(
            AnyHandler<?> handler,
            MessageReader reader,
            Transactions transactions,
            Outbox outbox,
            Replies replies,
            Retry retry,
            DurableExecutor executor) {
        this.handler = handler;
        this.reader = reader;
        this.transactions = transactions;
        this.outbox = outbox;
        this.replies = replies;
        this.retry = retry;
        this.executor = executor;
    }

    /**
     * Returns when every record of the batch stands in the inbox, or in the dead letters, so that the batch may be acknowledged. Sits
     * out outages of the database and the broker, and thereby keeps the order.
     *
     * @throws InterruptedException when the service stops first; the batch must not be acknowledged then
     */
    public void accept(Iterable<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
        Batch sorted = sort(reader.read(batch));
        try {
            store(sorted);
        } catch (DatabaseException e) {
            // One message of the batch has data that a column refuses: find out which, so that it does not take the
            // others along.
            for (Received received : sorted.received()) {
                storeAlone(received);
            }
        }
    }

    private void storeAlone(Received received) throws InterruptedException {
        try {
            store(sort(List.of(received)));
        } catch (DatabaseException e) {
            reader.refuse(received, "the inbox cannot hold it: " + e.getMessage());
        }
    }

    private Batch sort(List<Received> received) throws InterruptedException {
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Received each : received) {
            Optional<String> refusal = switch (each.message().body()) {
                case Cancel cancel -> batch.add(each, cancel);
                case Command command -> add(each, command, batch);
                case Probe probe -> batch.add(each, probe);
                case Reply _, CommandStatus _, Progress _, MigrationEvent _ -> Optional.of(notForUs(each));
            };
            if (refusal.isPresent()) {
                reader.refuse(each, refusal.get());
            }
        }
        return batch;
    }

    private Optional<String> add(Received received, Command command, Batch batch) {
        if (!handler.takes(command)) {
            return Optional.of(notForUs(received));
        }
        Envelope envelope = received.message().envelope();
        if (envelope.step().isEmpty()) {
            return Optional.of("a command needs the headers of a step");
        }
        try {
            WireMessage wire = WireMessage.received(received.source(), envelope.migration());
            return batch.add(
                    received, new Arrival(envelope.id(), envelope.type(), handler.exclusiveKey(command), wire));
        } catch (RuntimeException e) {
            return Optional.of("its exclusive key cannot be told: " + e);
        }
    }

    private static String notForUs(Received received) {
        return "type '" + received.message().envelope().type() + "' is not for this service";
    }

    @Failpoint("inbox.store")
    private void store(Batch batch) throws InterruptedException {
        if (batch.received().isEmpty()) {
            return;
        }
        boolean answered = retry.untilDone(
                "store commands", () -> transactions.inTransaction(connection -> store(connection, batch)));
        executor.wake(!batch.cancels().isEmpty());
        if (answered) {
            outbox.wake();
        }
    }

    /** True when something was answered at once: commands that are withdrawn and have not started, and probes. */
    private boolean store(Connection connection, Batch batch) throws SQLException {
        InboxTable.insert(connection, batch.arrivals());
        CancellationTable.insert(connection, batch.cancels());
        List<MessageId> touched = Stream.concat(
                        batch.arrivals().stream().map(Arrival::id),
                        batch.cancels().stream().map(Cancel::command))
                .toList();
        List<WireMessage> withdrawn = InboxTable.endWithdrawn(connection, touched);
        for (WireMessage command : withdrawn) {
            if (MessageCodec.decode(command) instanceof Decoded.Known known) {
                Message<Reply> reply = replies.cancelled(known.message().envelope());
                WireMessage said = MessageCodec.encode(reply).in(command.trace());
                InboxTable.keepReply(connection, known.message().envelope().id(), said);
                outbox.addEncoded(connection, List.of(said), Topics.REPLIES);
            }
        }
        for (Asked asked : batch.probes()) {
            answer(connection, asked);
        }
        return !withdrawn.isEmpty() || !batch.probes().isEmpty();
    }

    private void answer(Connection connection, Asked asked) throws SQLException {
        Optional<Whereabouts> found = InboxTable.find(connection, asked.probe().command());
        CommandStatus.Stage stage = CommandStatus.Stage.UNKNOWN;
        if (found.isPresent()) {
            stage = switch (found.get()) {
                case Whereabouts.Waiting _ -> CommandStatus.Stage.WAITING;
                case Whereabouts.Running _ -> CommandStatus.Stage.RUNNING;
                case Whereabouts.Ended ended -> {
                    if (ended.reply().isPresent()) {
                        outbox.addEncoded(connection, List.of(ended.reply().get()), Topics.REPLIES);
                    }
                    yield CommandStatus.Stage.ANSWERED;
                }
            };
        }
        CommandStatus status = new CommandStatus(asked.probe().command(), stage);
        outbox.add(connection, replies.status(asked.envelope(), status), Topics.REPLIES);
    }

    /** A probe that has come in. */
    private record Asked(Envelope envelope, Probe probe) {}

    /** What of a batch is for this service. */
    private record Batch(List<Received> received, List<Arrival> arrivals, List<Cancel> cancels, List<Asked> probes) {
        Optional<String> add(Received source, Arrival arrival) {
            received.add(source);
            arrivals.add(arrival);
            return Optional.empty();
        }

        Optional<String> add(Received source, Probe probe) {
            received.add(source);
            probes.add(new Asked(source.message().envelope(), probe));
            return Optional.empty();
        }

        Optional<String> add(Received source, Cancel cancel) {
            received.add(source);
            cancels.add(cancel);
            return Optional.empty();
        }
    }
}
