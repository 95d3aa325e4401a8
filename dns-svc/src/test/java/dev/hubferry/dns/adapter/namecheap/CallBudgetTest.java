package dev.hubferry.dns.adapter.namecheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Instant now = START;
    private final InstantSource source = () -> now;

    @Test
    void neverLetsMoreThanTheLimitIntoAnyMinute() throws InterruptedException {
        // Given
        CallBudget budget = budget(20, 700, 8_000);
        List<Instant> calls = new ArrayList<>();
        // When
        for (int i = 0; i < 100; i++) {
            budget.take();
            calls.add(now);
            now = now.plusMillis(137L * (i % 7));
        }
        // Then
        for (Instant call : calls) {
            Instant end = call.plus(Duration.ofMinutes(1));
            assertThat(calls.stream()
                            .filter(other -> !other.isBefore(call) && other.isBefore(end))
                            .count())
                    .isLessThanOrEqualTo(20);
        }
        assertThat(calls.get(19)).isBefore(START.plusSeconds(60));
        assertThat(calls.get(20)).isAfterOrEqualTo(START.plusSeconds(60));
    }

    @Test
    void refusesInsteadOfWaitingForHours() throws InterruptedException {
        // Given
        CallBudget budget = budget(20, 3, 8_000);
        for (int i = 0; i < 3; i++) {
            budget.take();
        }
        // When, Then
        assertThatThrownBy(budget::take)
                .isInstanceOfSatisfying(
                        DnsAccessException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DNS_RATE_LIMITED))
                .hasMessageContaining("3600 s");
        assertThat(now).isEqualTo(START);
    }

    @Test
    void holdsTheLimitOfADay() throws InterruptedException {
        // Given
        CallBudget budget = budget(20, 700, 2);
        budget.take();
        now = now.plus(Duration.ofHours(23));
        budget.take();
        // When, Then
        assertThatThrownBy(budget::take).isInstanceOf(DnsAccessException.class);
        now = now.plus(Duration.ofHours(1));
        budget.take();
    }

    private CallBudget budget(int perMinute, int perHour, int perDay) {
        return new CallBudget(
                new CallBudget.Limits(perMinute, perHour, perDay),
                source.withZone(ZoneOffset.UTC),
                duration -> now = now.plus(duration));
    }
}
