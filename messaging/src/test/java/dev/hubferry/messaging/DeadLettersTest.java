package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadLettersTest {
    private static final int LARGEST = 2_000;

    private final SmallBroker broker = new SmallBroker();
    private final DeadLetters letters =
            new DeadLetters(broker, "test", Duration.ofMillis(1), new Meters(new SimpleMeterRegistry()));

    @Test
    void keepsEverythingThatFits() throws InterruptedException {
        // When
        letters.put(record("body", "small"), "no such type");

        // Then
        ProducerRecord<String, byte[]> letter = broker.taken.getFirst();
        assertThat(new String(letter.value(), UTF_8)).isEqualTo("body");
        assertThat(header(letter, "trace")).isEqualTo("small");
        assertThat(header(letter, "dead_letter_reason")).isEqualTo("no such type");
    }

    @Test
    void leavesOutTheBodyThatIsTooLarge() throws InterruptedException {
        // When
        letters.put(record("b".repeat(LARGEST), "small"), "no such type");

        // Then
        ProducerRecord<String, byte[]> letter = broker.taken.getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(header(letter, "trace")).isEqualTo("small");
        assertThat(header(letter, "dead_letter_reason")).isEqualTo("(body left out, too large) no such type");
    }

    @Test
    @Timeout(10)
    void leavesOutHeadersThatAreTooLargeByThemselvesAndKeepsTypeAndId() throws InterruptedException {
        // When
        letters.put(record("body", "h".repeat(LARGEST)), "no such type");

        // Then
        ProducerRecord<String, byte[]> letter = broker.taken.getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(letter.headers().lastHeader("trace")).isNull();
        assertThat(header(letter, "ce_type")).isEqualTo("dns.restore-ttl.v1");
        assertThat(header(letter, "ce_id")).isEqualTo("m-1/restore-ttl/do/1");
        assertThat(header(letter, "dead_letter_offset")).isEqualTo("7");
    }

    private static ConsumerRecord<String, byte[]> record(String body, String trace) {
        ProducerRecord<String, byte[]> made =
                MessageCodec.encode(Samples.command(new MigrationId("m-1"), 1, "example.org"), "topic");
        made.headers().add("trace", trace.getBytes(UTF_8));
        return Kit.received(new ProducerRecord<>("topic", null, "m-1", body.getBytes(UTF_8), made.headers()), 7);
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    /** Takes records up to a size, and refuses others as a broker does. */
    private static final class SmallBroker extends MockProducer<String, byte[]> {
        private final List<ProducerRecord<String, byte[]>> taken = new ArrayList<>();

        SmallBroker() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> letter) {
            int size = letter.value().length;
            for (Header header : letter.headers()) {
                size += header.value().length;
            }
            if (size > LARGEST) {
                return CompletableFuture.failedFuture(new RecordTooLargeException("larger than " + LARGEST));
            }
            taken.add(letter);
            return super.send(letter);
        }
    }
}
