package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says how far commands have come: of each run the latest word once an interval, and the last word when it ends. What the broker does
 * not take is lost.
 */
final class ProgressPublisher {
    private static final Logger LOG = Logger.getLogger(ProgressPublisher.class);

    private final Producer<String, byte[]> producer;
    private final Replies replies;
    private final Duration interval;
    private final Map<Lease, Line> lines = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::publishForEver);

    ProgressPublisher(Producer<String, byte[]> producer, Replies replies, Duration interval) {
        this.producer = producer;
        this.replies = replies;
        this.interval = interval;
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
        publishAll();
    }

    /** Never blocks; a run that lost its lease is not heard. */
    void report(Lease lease, Envelope command, Progress progress) {
        if (!(lease.standing() instanceof Standing.Lost)) {
            lines.computeIfAbsent(lease, _ -> new Line()).say(replies.progress(command, progress));
        }
    }

    /**
     * The run is over.
     *
     * @param answered whether it ended its command: its last word is then published at the next occasion, else dropped
     */
    void end(Lease lease, boolean answered) {
        Line line = answered ? lines.get(lease) : lines.remove(lease);
        if (line != null) {
            line.end();
        }
    }

    private void publishForEver() {
        try {
            while (true) {
                Thread.sleep(interval);
                publishAll();
            }
        } catch (InterruptedException e) {
            LOG.debug("the publisher of progress ends");
        }
    }

    private void publishAll() {
        lines.forEach((lease, line) -> {
            Message<Progress> word = line.take();
            if (word != null && line.mayStillSpeak(lease)) {
                publish(line, word);
            }
            if (line.isOver()) {
                lines.remove(lease);
            }
        });
    }

    @Failpoint("progress.send")
    private void publish(Line line, Message<Progress> word) {
        try {
            var unused =
                    producer.send(MessageCodec.encode(word, Topics.PROGRESS), (metadata, failure) -> line.delivered());
        } catch (RuntimeException e) {
            line.delivered();
            LOG.debug("progress could not be published", e);
        }
    }

    /** What one run says; at most one message is under way, so that an outage of the broker piles nothing up. */
    private static final class Line {
        private @Nullable Message<Progress> latest;
        private boolean underWay;
        private boolean ended;

        synchronized void say(Message<Progress> word) {
            latest = word;
        }

        synchronized void end() {
            ended = true;
        }

        synchronized void delivered() {
            underWay = false;
        }

        synchronized @Nullable Message<Progress> take() {
            if (underWay || latest == null) {
                return null;
            }
            Message<Progress> word = latest;
            latest = null;
            underWay = true;
            return word;
        }

        /** A run that has ended well may be past its term when its last word leaves. */
        synchronized boolean mayStillSpeak(Lease lease) {
            if (ended || !(lease.standing() instanceof Standing.Lost)) {
                return true;
            }
            underWay = false;
            return false;
        }

        synchronized boolean isOver() {
            return ended && latest == null;
        }
    }
}
