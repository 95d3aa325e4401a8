package dev.hubferry.messaging;

import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Participant;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Says how the connections of the service stand: when one has changed, and again after an interval, so that silence means that the
 * replica is gone. At most one report is under way, so that an outage of the broker piles nothing up.
 */
final class ConnectionReporter {
    private static final Logger LOG = Logger.getLogger(ConnectionReporter.class);

    /** Who says it, and how often. */
    record Origin(Participant service, String source, String replica, ConnectionWatchConfig config) {}

    private final Origin origin;
    private final ConnectionWatch watch;
    private final Producer<String, byte[]> producer;
    private final Clock clock;
    private final Signal changed;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("connection-reports").unstarted(this::reportForEver);
    private long number;

    /** @param changed awaited: there is something new to say */
    ConnectionReporter(
            Origin origin, ConnectionWatch watch, Producer<String, byte[]> producer, Clock clock, Signal changed) {
        this.origin = origin;
        this.watch = watch;
        this.producer = producer;
        this.clock = clock;
        this.changed = changed;
    }

    void start() {
        watch.start();
        thread.start();
    }

    void stop() {
        watch.stop();
        thread.interrupt();
    }

    private void reportForEver() {
        Duration interval = origin.config().reportEvery();
        try {
            while (true) {
                report();
                changed.await(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("the reports on connections end");
        }
    }

    private void report() {
        if (!underWay.compareAndSet(false, true)) {
            missed.set(true);
            return;
        }
        number++;
        send(ConnectionReports.encode(
                new ConnectionReport(
                        origin.service(),
                        origin.replica(),
                        number,
                        clock.instant(),
                        origin.config().reportEvery(),
                        origin.config().every(),
                        watch.known()),
                origin.source()));
    }

    private void ended() {
        underWay.set(false);
        if (missed.getAndSet(false)) {
            changed.raise();
        }
    }

    @Failpoint("connections.send")
    private void send(ProducerRecord<String, byte[]> report) {
        try {
            var unused = producer.send(report, (metadata, failure) -> ended());
        } catch (RuntimeException e) {
            ended();
            LOG.debug("a report on connections could not be published", e);
        }
    }
}
