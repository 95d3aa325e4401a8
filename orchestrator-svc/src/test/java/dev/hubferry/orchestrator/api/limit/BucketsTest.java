package dev.hubferry.orchestrator.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TimeMeter clock = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void saysHowLongToWaitAndThenLetsPass() {
        // Given
        Buckets buckets = new Buckets(2, 6, 10, clock);
        assertThat(buckets.take("olga")).isZero();
        assertThat(buckets.take("olga")).isZero();

        // Then
        assertThat(buckets.take("olga")).isEqualTo(10);
        assertThat(buckets.take("anna")).isZero();
        nanos.addAndGet(Duration.ofMillis(9_500).toNanos());
        assertThat(buckets.look("olga")).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(buckets.look("olga")).isZero();
        assertThat(buckets.take("olga")).isZero();
        assertThat(buckets.take("olga")).isEqualTo(10);
    }

    @Test
    void remembersNoMoreThanItMay() {
        // Given
        Buckets buckets = new Buckets(1, 1, 3, clock);
        assertThat(buckets.take("olga")).isZero();

        // When
        for (int i = 0; i < 1_000; i++) {
            assertThat(buckets.take("guest-" + i)).isZero();
            assertThat(buckets.look("olga")).isPositive();
        }

        // Then
        assertThat(buckets.size()).isEqualTo(3);
    }

    @Test
    void takesANetworkOfIpv6ForOneCaller() {
        assertThat(Networks.of("2001:db8:1:2::1")).isEqualTo(Networks.of("2001:db8:1:2:ffff::9"));
        assertThat(Networks.of("2001:db8:1:2::1")).isNotEqualTo(Networks.of("2001:db8:1:3::1"));
        assertThat(Networks.of("192.0.2.1")).isNotEqualTo(Networks.of("192.0.2.2"));
        assertThat(Networks.of("::ffff:192.0.2.1")).isEqualTo(Networks.of("192.0.2.1"));
        assertThat(Networks.of(null)).isEqualTo("unknown");
    }
}
