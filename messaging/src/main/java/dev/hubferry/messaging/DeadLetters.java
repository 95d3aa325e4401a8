package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Puts records that cannot be handled aside, with everything they came with and, as headers, {@code dead_letter_reason}, {@code _service},
 * {@code _topic}, {@code _partition} and {@code _offset}.
 */
final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_KEPT = 200;

    /** What is left out because the broker takes no record so large; topic, partition and offset say where the whole is. */
    private enum LeftOut {
        NOTHING(""),
        BODY("(body left out, too large) "),
        BODY_AND_HEADERS("(body and headers left out, too large) ");

        private final String remark;

        LeftOut(String remark) {
            this.remark = remark;
        }

        LeftOut more() {
            return switch (this) {
                case NOTHING -> BODY;
                case BODY, BODY_AND_HEADERS -> BODY_AND_HEADERS;
            };
        }
    }

    private final Producer<String, byte[]> producer;
    private final String service;
    private final Duration pause;
    private final Meters meters;

    DeadLetters(Producer<String, byte[]> producer, String service, Duration pause, Meters meters) {
        this.producer = producer;
        this.service = service;
        this.pause = pause;
        this.meters = meters;
    }

    /** Returns when the broker has it; sits out the broker's outages. */
    @Failpoint("dead-letters.send")
    void put(ConsumerRecord<String, byte[]> refused, String reason) throws InterruptedException {
        LOG.warnf(
                "a record goes to the dead letters: %s-%d@%d: %s",
                refused.topic(), refused.partition(), refused.offset(), shortened(reason));
        LeftOut leftOut = LeftOut.NOTHING;
        while (true) {
            try {
                var unused = producer.send(letter(refused, reason, leftOut)).get();
                meters.deadLetter(refused.topic());
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException && leftOut != LeftOut.BODY_AND_HEADERS) {
                    leftOut = leftOut.more();
                } else {
                    LOG.warn("a dead letter could not be published, will try again", e);
                    Thread.sleep(pause);
                }
            }
        }
    }

    private ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> refused, String reason, LeftOut leftOut) {
        ProducerRecord<String, byte[]> letter = switch (leftOut) {
            case NOTHING -> whole(refused, refused.value());
            case BODY -> whole(refused, new byte[0]);
            case BODY_AND_HEADERS -> bare(refused);
        };
        add(letter, "reason", leftOut.remark + shortened(reason));
        add(letter, "service", service);
        add(letter, "topic", refused.topic());
        add(letter, "partition", Integer.toString(refused.partition()));
        add(letter, "offset", Long.toString(refused.offset()));
        return letter;
    }

    private static ProducerRecord<String, byte[]> whole(ConsumerRecord<String, byte[]> refused, byte[] body) {
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, refused.key(), body);
        refused.headers().forEach(header -> letter.headers().add(header));
        return letter;
    }

    /** What says which message it was, and of that no more than any broker takes. */
    private static ProducerRecord<String, byte[]> bare(ConsumerRecord<String, byte[]> refused) {
        String key = refused.key();
        var letter = new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                key == null || key.length() <= LONGEST_KEPT ? key : key.substring(0, LONGEST_KEPT),
                new byte[0]);
        for (String name : List.of("ce_type", "ce_id")) {
            Header header = refused.headers().lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= LONGEST_KEPT) {
                letter.headers().add(header);
            }
        }
        return letter;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add("dead_letter_" + name, value.getBytes(UTF_8));
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
