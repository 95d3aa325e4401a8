package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.contracts.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Puts records that cannot be handled aside, with everything they came with and, as headers, {@code dead_letter_reason}, {@code _service},
 * {@code _topic}, {@code _partition} and {@code _offset}.
 */
final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 500;

    private final Producer<String, byte[]> producer;
    private final String service;
    private final Duration pause;

    DeadLetters(Producer<String, byte[]> producer, String service, Duration pause) {
        this.producer = producer;
        this.service = service;
        this.pause = pause;
    }

    /** Returns when the broker has it; sits out the broker's outages. */
    void put(ConsumerRecord<String, byte[]> refused, String reason) throws InterruptedException {
        LOG.warnf(
                "a record goes to the dead letters: %s-%d@%d: %s",
                refused.topic(), refused.partition(), refused.offset(), shortened(reason));
        ProducerRecord<String, byte[]> letter = letter(refused, reason, refused.value());
        while (true) {
            try {
                var unused = producer.send(letter).get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    // The added headers made it too large; topic, partition and offset say where the body is.
                    letter = letter(refused, "(body left out, too large) " + reason, new byte[0]);
                } else {
                    LOG.warn("a dead letter could not be published, will try again", e);
                    Thread.sleep(pause);
                }
            }
        }
    }

    private ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> refused, String reason, byte[] body) {
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, refused.key(), body);
        refused.headers().forEach(header -> letter.headers().add(header));
        add(letter, "reason", shortened(reason));
        add(letter, "service", service);
        add(letter, "topic", refused.topic());
        add(letter, "partition", Integer.toString(refused.partition()));
        add(letter, "offset", Long.toString(refused.offset()));
        return letter;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add("dead_letter_" + name, value.getBytes(UTF_8));
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
