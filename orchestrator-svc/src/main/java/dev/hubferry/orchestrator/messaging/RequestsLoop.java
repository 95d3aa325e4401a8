package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.DatabaseException;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.Retry;
import dev.hubferry.orchestrator.saga.RequestDesk;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears requests; with a consumer of its own, which exists only where somebody may request something by event. What was heard is
 * committed when it is answered or in the dead letters; those of a key keep their order.
 */
public final class RequestsLoop {
    private static final Logger LOG = Logger.getLogger(RequestsLoop.class);
    private static final String GROUP = "orchestrator-svc-requests";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 50;

    private final Map<String, Object> connection;
    private final RequestDesk desk;
    private final MessageReader reader;
    private final Retry retry;
    private final Traces traces;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("event-requests").unstarted(this::run);
    private volatile @Nullable KafkaConsumer<String, byte[]> hearing;
    private volatile boolean stopped;
    /** Of its own thread only. */
    private String said = "";

    /** @param connection where the broker is and how to get in, as the Kafka clients' properties */
    public RequestsLoop(
            Map<String, Object> connection, RequestDesk desk, MessageReader reader, Retry retry, Traces traces) {
        this.connection = connection;
        this.desk = desk;
        this.reader = reader;
        this.retry = retry;
        this.traces = traces;
    }

    public void start() {
        thread.start();
    }

    /** What is under way is finished and committed first, unless that takes long. */
    public void stop() {
        stopped = true;
        Optional.ofNullable(hearing).ifPresent(KafkaConsumer::wakeup);
        try {
            thread.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(config(), new StringDeserializer(), new ByteArrayDeserializer())) {
                hearing = consumer;
                consumer.subscribe(List.of(Topics.REQUESTS));
                hear(consumer);
            } catch (InterruptedException | WakeupException e) {
                LOG.debug("hearing requests stops");
                return;
            } catch (KafkaException e) {
                warnOnce(e);
                pause();
            }
        }
    }

    private void hear(KafkaConsumer<String, byte[]> consumer) throws InterruptedException {
        while (!stopped) {
            ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
            if (!batch.isEmpty()) {
                said = "";
            }
            for (ConsumerRecord<String, byte[]> request : batch) {
                take(request);
            }
            if (!batch.isEmpty()) {
                consumer.commitSync();
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> request) throws InterruptedException {
        Optional<String> untold;
        try (Traces.Work _ = traces.root("hear " + Topics.REQUESTS, TraceParent.of(request))) {
            untold = retry.untilDone("answer a request", () -> desk.take(request.value()));
        } catch (DatabaseException e) {
            untold = Optional.of("the database cannot hold it: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "a request cannot be answered: %s-%d@%d",
                    request.topic(),
                    request.partition(),
                    request.offset());
            untold = Optional.of("it cannot be answered: " + e);
        }
        if (untold.isPresent()) {
            reader.refuse(request, untold.get());
        }
    }

    /** What keeps it from hearing lasts until a person does something; one line is enough to say so. */
    private void warnOnce(KafkaException e) {
        if (!said.equals(String.valueOf(e.getMessage()))) {
            LOG.warn("requests cannot be heard, will try again", e);
        }
        said = String.valueOf(e.getMessage());
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
        return config;
    }
}
