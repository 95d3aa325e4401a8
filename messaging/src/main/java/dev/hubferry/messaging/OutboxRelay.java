package dev.hubferry.messaging;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.messaging.OutboxTable.Row;
import dev.hubferry.trace.Told;
import dev.hubferry.trace.Traces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox: at least once, those of a key in the order of their ids.
 *
 * <pre>
 *   lock (one relay of all replicas) ─► read a batch ─► send all ─► await acknowledgements ─► delete the acknowledged ─► commit
 *                                                                        │ keeps the session alive
 *                                              a suspended relay's session is ended by the database, which frees the lock
 * </pre>
 */
final class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final long KEEP_ALIVE_MILLIS = 1_000;

    private final Transactions transactions;
    private final Outbox outbox;
    private final Producer<String, byte[]> producer;
    private final MessagingConfig config;
    private final Meters meters;
    private final Traces traces;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::relayForEver);
    private boolean healthy = true;
    /** When the messages that wait for the broker began to; 0 when none do. */
    private volatile long waitingSince;

    OutboxRelay(
            Transactions transactions,
            Outbox outbox,
            Producer<String, byte[]> producer,
            MessagingConfig config,
            Meters meters,
            Traces traces) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.producer = producer;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
    }

    void start() {
        thread.start();
    }

    /** What is not published yet stays in the outbox for the next start, or for another replica. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(config.stopGrace());
    }

    Thread thread() {
        return thread;
    }

    /** For how long messages wait that the broker should have acknowledged at once. */
    Duration stuckFor() {
        long since = waitingSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void relayForEver() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (relay() < config.outboxBatch()) {
                    outbox.added().await(config.outboxPoll());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the relay ends");
        }
    }

    /** How many were published; as many as a batch holds say that there may be more to do at once. */
    @Failpoint("outbox.relay")
    private int relay() {
        try {
            int published = transactions.inTransaction(this::relayBatch);
            healthy |= published > 0;
            return published;
        } catch (DatabaseException e) {
            if (e.isConflict()) {
                // Another replica publishes.
                waitingSince = 0;
            } else {
                warn("the outbox could not be relayed, will try again", e);
            }
            return 0;
        } catch (RuntimeException | Error e) {
            warn("the relay failed, will try again", e);
            return 0;
        }
    }

    /** Once an outage. */
    private void warn(String message, Throwable cause) {
        if (healthy) {
            LOG.warn(message, cause);
        }
        healthy = false;
    }

    private int relayBatch(Connection connection) throws SQLException {
        OutboxTable.lock(connection);
        List<Row> rows = OutboxTable.first(connection, config.outboxBatch());
        if (rows.isEmpty()) {
            waitingSince = 0;
            return 0;
        }
        if (waitingSince == 0) {
            waitingSince = System.nanoTime();
        }
        List<Long> published = awaitAll(connection, sendAll(connection, rows));
        if (!published.isEmpty()) {
            waitingSince = 0;
        }
        OutboxTable.delete(connection, published);
        return published.size();
    }

    /** Sends in order; after a failure nothing more of the same topic, so that nothing overtakes what failed. */
    private List<Sent> sendAll(Connection connection, List<Row> rows) throws SQLException {
        List<Sent> sent = new ArrayList<>(rows.size());
        Set<String> failing = new HashSet<>();
        for (Row row : rows) {
            if (failing.contains(row.topic())) {
                continue;
            }
            Sent sending = send(row);
            sent.add(sending);
            if (sending.hasFailed()) {
                failing.add(row.topic());
                OutboxTable.keepAlive(connection);
            }
        }
        return sent;
    }

    @Failpoint("outbox.send")
    private Sent send(Row row) {
        return new Sent(row, traces.now(), producer.send(row.wire().toRecord(row.topic())));
    }

    /** Ids of the rows that were acknowledged, without those that follow a failed one of their key. */
    @Failpoint("outbox.acknowledged")
    private List<Long> awaitAll(Connection connection, List<Sent> sent) throws SQLException {
        List<Long> acknowledged = new ArrayList<>(sent.size());
        Set<String> stuckKeys = new HashSet<>();
        for (Sent sending : sent) {
            Row row = sending.row();
            if (awaitOne(connection, sending) && !stuckKeys.contains(row.wire().key())) {
                acknowledged.add(row.id());
            } else {
                stuckKeys.add(row.wire().key());
            }
        }
        return acknowledged;
    }

    /** Waits as long as the broker takes: the producer itself tries for ever, in order. */
    private boolean awaitOne(Connection connection, Sent sending) throws SQLException {
        while (true) {
            try {
                var unused = sending.result().get(KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS);
                meters.published(sending.row().topic());
                tell(sending);
                return true;
            } catch (TimeoutException e) {
                OutboxTable.keepAlive(connection);
            } catch (ExecutionException e) {
                warn("messages to " + sending.row().topic() + " could not be published, will try again", e);
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Again when it was published again: that is what happened. */
    private void tell(Sent sent) {
        RunTrace.traced(traces, sent.row().wire())
                .ifPresent(at -> traces.tell(
                        Told.of("send " + sent.row().topic(), Told.Kind.PRODUCER, at, sent.at(), traces.now())
                                .with(Map.of(
                                        "messaging.system", "kafka",
                                        "messaging.destination.name", sent.row().topic(),
                                        "hubferry.migration", sent.row().wire().key()))));
    }

    private record Sent(Row row, Instant at, Future<RecordMetadata> result) {
        boolean hasFailed() {
            return result.state() == Future.State.FAILED;
        }
    }
}
