package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class WorkerCountTest {
    private static final long LOOK = Duration.ofMillis(250).toNanos();

    /** A link on which so many workers together do so much a second. */
    private static final class Link {
        private final WorkerCount count;
        private long now = 1;
        private double work;

        Link(int most) {
            this.count = new WorkerCount(most);
        }

        int after(Duration time, IntToDoubleFunction rate) {
            for (long end = now + time.toNanos(); now < end; now += LOOK) {
                count.seen(now, (long) work);
                work += rate.applyAsDouble(count.wanted()) * LOOK / 1e9;
            }
            return count.wanted();
        }
    }

    @Test
    void takesAllWhereEachConnectionIsSlow() {
        assertThat(new Link(8).after(Duration.ofSeconds(6), workers -> workers * 5e6))
                .isEqualTo(8);
    }

    @Test
    void staysWithFewWhereMoreDoNotHelp() {
        assertThat(new Link(8).after(Duration.ofSeconds(6), workers -> 1e8)).isEqualTo(2);
    }

    @Test
    void goesBackToTheLastNumberThatPaid() {
        assertThat(new Link(16).after(Duration.ofSeconds(10), workers -> Math.min(workers, 5) * 1e6))
                .isEqualTo(8);
        assertThat(new Link(16).after(Duration.ofSeconds(10), workers -> workers <= 4 ? workers * 1e6 : 3e6))
                .isEqualTo(4);
    }

    @Test
    void looksAgainLater() {
        // Given
        Link link = new Link(8);
        assertThat(link.after(Duration.ofSeconds(20), workers -> 1e7)).isEqualTo(2);
        // When, Then
        assertThat(link.after(Duration.ofSeconds(70), workers -> workers * 1e7)).isEqualTo(8);
    }

    @Test
    void keepsItsNumberWhenLittleIsDoneForAWhile() {
        assertThat(new Link(4).after(Duration.ofSeconds(10), workers -> 0)).isBetween(2, 4);
    }

    @Test
    void neverWantsMoreThanAllowedNorNone() {
        Random random = new Random(7);
        for (int most = 1; most <= 9; most++) {
            int limit = most;
            Link link = new Link(most);
            for (int i = 0; i < 400; i++) {
                assertThat(link.after(Duration.ofMillis(500), workers -> random.nextDouble() * 1e7))
                        .isBetween(1, limit);
            }
        }
        assertThatThrownBy(() -> new WorkerCount(0)).hasMessageContaining("0");
    }
}
