package dev.hubferry.sandbox.demo;

import dev.hubferry.testbed.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Stands between the participants and the orchestrator and turns the success of one step into a failure.
 *
 * <pre>
 *   participants ──▶ hubferry.replies ──▶ FaultyWire ──▶ sandbox.replies ──▶ orchestrator
 * </pre>
 *
 * <p>The participant has done its work by then, so this is the failure that is hardest to take back; the services themselves know
 * nothing of it.
 */
public final class FaultyWire implements AutoCloseable {
    private static final String TAMPERED_REPLIES = "sandbox.replies";
    private static final String REPLIES = "hubferry.replies";
    private static final int PARTITIONS = 3;
    private static final byte[] REJECTION = """
            {"code":"CHECKS_FAILED","detail":"the sandbox was asked to let this step fail","problems":[]}
            """.strip().getBytes(StandardCharsets.UTF_8);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile Optional<String> stepToFail = Optional.empty();

    private FaultyWire(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(consumerConfig(bootstrapServers));
        this.producer = new KafkaProducer<>(producerConfig(bootstrapServers));
        this.thread = Thread.ofPlatform().name("faulty-wire").daemon().unstarted(this::run);
    }

    /** Starts to pass replies on; none fails until {@link #failStep}. */
    public static FaultyWire start(KafkaBroker kafka) {
        kafka.createTopics(PARTITIONS, TAMPERED_REPLIES);
        FaultyWire wire = new FaultyWire(kafka.bootstrapServers());
        wire.thread.start();
        return wire;
    }

    /** What the orchestrator has to be told so that it hears this wire instead of the participants. */
    public Map<String, String> orchestratorSettings() {
        return Map.of("mp.messaging.incoming.replies.topic", TAMPERED_REPLIES);
    }

    /** From now on the success of {@code step}, done and not undone, is told as a failure. */
    public void failStep(String step) {
        stepToFail = Optional.of(step);
    }

    /** From now on every reply is told as it is. */
    public void tellTheTruth() {
        stepToFail = Optional.empty();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(REPLIES));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofSeconds(1))) {
                    passOn(reply);
                    consumer.commitSync(Map.of(
                            new TopicPartition(reply.topic(), reply.partition()),
                            new OffsetAndMetadata(reply.offset() + 1)));
                }
            }
        } catch (WakeupException e) {
            // close() asked for it
        }
    }

    private void passOn(ConsumerRecord<byte[], byte[]> reply) {
        boolean tamper =
                stepToFail.filter(step -> isSuccessOf(step, reply.headers())).isPresent();
        Headers headers = tamper ? asRejection(reply.headers()) : reply.headers();
        byte[] body = tamper ? REJECTION : reply.value();
        producer.send(new ProducerRecord<>(TAMPERED_REPLIES, null, null, reply.key(), body, headers));
        producer.flush();
    }

    private static boolean isSuccessOf(String step, Headers headers) {
        return step.equals(text(headers, "ce_step"))
                && "do".equals(text(headers, "ce_direction"))
                && !"hubferry.rejected.v1".equals(text(headers, "ce_type"));
    }

    private static Headers asRejection(Headers headers) {
        Headers changed = new RecordHeaders(headers.toArray());
        changed.remove("ce_type");
        changed.add("ce_type", "hubferry.rejected.v1".getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Properties consumerConfig(String bootstrapServers) {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("group.id", "faulty-wire");
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", "false");
        config.put("key.deserializer", ByteArrayDeserializer.class.getName());
        config.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return config;
    }

    private static Properties producerConfig(String bootstrapServers) {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("acks", "all");
        config.put("linger.ms", "0");
        config.put("key.serializer", ByteArraySerializer.class.getName());
        config.put("value.serializer", ByteArraySerializer.class.getName());
        return config;
    }
}
