package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressPublisherTest {
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final Replies replies = new Replies("/hubferry/test", Clock.systemUTC());
    private final ProgressPublisher publisher = new ProgressPublisher(producer, replies, Duration.ofMillis(20));
    private final LeaseClock clock = new LeaseClock(Clock.systemUTC(), System::nanoTime);
    private final Lease lease = new Lease(clock, clock.term(Duration.ofMinutes(1)));
    private final Message<?> command = Samples.command(new MigrationId("m"), 1);

    @AfterEach
    void stop() {
        publisher.stop();
    }

    private void say(int files) {
        publisher.report(lease, command.envelope(), new Progress("copy", 0, 0, files, 1000));
    }

    private List<Long> said() {
        return producer.history().stream()
                .map(sent -> (Decoded.Known) MessageCodec.decode(Kit.received(sent, 0)))
                .map(known -> ((Progress) known.message().body()).filesDone())
                .toList();
    }

    @Test
    void saysTheLatestWordWhenTheOneBeforeHasArrived() {
        // Given
        publisher.start();
        say(1);
        Kit.until("the first word", () -> said().equals(List.of(1L)));
        // When
        IntStream.rangeClosed(2, 500).forEach(this::say);
        assertThat(said()).containsExactly(1L);
        producer.completeNext();
        // Then
        Kit.until("the latest word", () -> said().equals(List.of(1L, 500L)));
    }

    @Test
    void saysTheLastWordOfARunThatEnded() {
        // Given
        say(7);
        // When
        publisher.end(lease, true);
        lease.lose("a test: the run is over");
        publisher.start();
        // Then
        Kit.until("the last word", () -> said().equals(List.of(7L)));
    }

    @Test
    void doesNotHearARunThatLostItsLease() {
        // Given
        say(1);
        lease.lose("a test");
        // When
        say(2);
        publisher.stop();
        // Then
        assertThat(said()).isEmpty();
    }

    @Test
    void goesOnAfterAWordThatDidNotArrive() {
        // Given
        publisher.start();
        say(1);
        Kit.until("the first word", () -> said().equals(List.of(1L)));
        // When
        producer.errorNext(new IllegalStateException("a test"));
        say(2);
        // Then
        Kit.until("the next word", () -> said().equals(List.of(1L, 2L)));
    }
}
