package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private final ProgressMeter meter = new ProgressMeter();

    private void seen(double seconds, long bytes, long work) {
        meter.seen(Math.round(seconds * 1e9), bytes, work);
    }

    @Test
    void saysNothingWhileTooLittleWasSeen() {
        // Given
        seen(5, 0, 0);
        seen(6.9, 1_000, 1_000);
        // When, Then
        assertThat(meter.bytesPerSecond()).isEmpty();
        assertThat(meter.timeLeft(2_000)).isEmpty();
    }

    @Test
    void goesByWhatWasSeenOfLate() {
        // Given: fast at first, then 100 bytes and 300 units of work a second.
        seen(0, 0, 0);
        seen(10, 1_000_000, 1_000_000);
        for (int second = 11; second <= 41; second++) {
            seen(second, 1_000_000 + 100L * (second - 10), 1_000_000 + 300L * (second - 10));
        }
        // When, Then
        assertThat(meter.bytesPerSecond()).contains(100L);
        assertThat(meter.timeLeft(1_000_000 + 300 * 31 + 600)).contains(Duration.ofSeconds(2));
    }

    @Test
    void knowsNoTimeLeftWhenNothingMoves() {
        // Given
        seen(0, 500, 500);
        seen(4, 500, 500);
        // When, Then
        assertThat(meter.bytesPerSecond()).contains(0L);
        assertThat(meter.timeLeft(1_000)).isEmpty();
    }

    @Test
    void takesACountThatWentBackForNoMovement() {
        // Given: a batch that was begun again.
        seen(0, 500, 500);
        seen(4, 100, 100);
        // When, Then
        assertThat(meter.bytesPerSecond()).contains(0L);
    }
}
