package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    @Test
    void returnsTheFirstValueThatAppears() {
        // Given
        AtomicInteger calls = new AtomicInteger();

        // When
        int value = Await.value("a third call", Duration.ofSeconds(5), () -> {
            int call = calls.incrementAndGet();
            return call < 3 ? Optional.empty() : Optional.of(call);
        });

        // Then
        assertThat(value).isEqualTo(3);
    }

    @Test
    void saysWhatItWaitedForAndTheLastError() {
        assertThatThrownBy(() -> Await.until("rain", Duration.ofMillis(50), () -> {
                    throw new IllegalStateException("dry");
                }))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("waited 50 ms for rain")
                .hasMessageContaining("dry");
    }

    @Test
    void letsAnAssertionThatFailsPassAtOnce() {
        // Given
        AtomicInteger calls = new AtomicInteger();

        // When
        assertThatThrownBy(() -> Await.until("a broken guard", Duration.ofMinutes(5), () -> {
                    calls.incrementAndGet();
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("broken");

        // Then
        assertThat(calls).hasValue(1);
    }
}
