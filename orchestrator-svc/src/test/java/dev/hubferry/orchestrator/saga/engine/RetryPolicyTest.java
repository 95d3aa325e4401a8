package dev.hubferry.orchestrator.saga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.MessageId;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 100);

    @Test
    void doublesTheDelayUpToTheCap() {
        for (int attempt = 2; attempt <= 100; attempt++) {
            long whole = Math.min(30_000, 1_000L << Math.min(attempt - 2, 10));
            assertThat(policy.delayBefore(attempt, new MessageId("m/seed-homes/do/" + attempt)))
                    .as("before attempt %d", attempt)
                    .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
        }
    }

    @Test
    void spreadsDifferentCommandsAndRepeatsItselfForTheSame() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(
                                migration -> policy.delayBefore(9, new MessageId("m" + migration + "/seed-homes/do/9")))
                        .distinct())
                .hasSizeGreaterThan(95);
        assertThat(policy.delayBefore(9, new MessageId("m/x/do/9")))
                .isEqualTo(policy.delayBefore(9, new MessageId("m/x/do/9")));
    }

    @Test
    void refusesACapBelowTheFirstDelay() {
        assertThatThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1), 3))
                .hasMessageContaining("PT2S of PT1S");
    }
}
