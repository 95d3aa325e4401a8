package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void letsNoMorePassThanTheRateAndOneBurst() {
        // Given
        TokenBucket bucket = new TokenBucket(1_000, 100, 0);

        // When
        long now = 0;
        for (int i = 0; i < 50; i++) {
            now += bucket.take(100, now);
        }

        // Then: 5,000 bytes, the first 100 at once
        assertThat(now).isEqualTo(4_900 * SECOND / 1_000);
    }

    @Test
    void savesUpNoMoreThanOneBurstInAPause() {
        // Given
        TokenBucket bucket = new TokenBucket(1_000, 100, 0);
        bucket.take(100, 0);

        // Then
        assertThat(bucket.take(100, 60 * SECOND)).isZero();
        assertThat(bucket.take(100, 60 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void refusesARateOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenBucket(0, 100, 0));
    }
}
