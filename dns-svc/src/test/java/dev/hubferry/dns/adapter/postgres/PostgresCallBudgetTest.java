package dev.hubferry.dns.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.testbed.SharedParts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class PostgresCallBudgetTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Instant now = START;
    private final InstantSource source = () -> now;
    private final DataSource dataSource = freshDatabase();

    private static DataSource freshDatabase() {
        String database = "calls_" + UUID.randomUUID().toString().substring(0, 8);
        SharedParts.postgres().createDatabase(database);
        DataSource fresh = SharedParts.postgres().dataSource(database);
        Flyway.configure().dataSource(fresh).locations("db/dns").load().migrate();
        return fresh;
    }

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

    @Test
    void countsTheCallsOfAllReplicasAndOfEachAccountForItself() throws InterruptedException {
        // Given
        CallBudget one = budget(2, 700, 8_000);
        CallBudget other = budget(2, 700, 8_000);
        CallBudget somebodyElse = budget("somebody else", 2, 700, 8_000);
        // When
        one.take();
        other.take();
        somebodyElse.take();
        Instant before = now;
        one.take();
        // Then
        assertThat(before).isEqualTo(START);
        assertThat(now).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void countsRightWhenReplicasCallAtOnce() throws Exception {
        // Given
        CallBudget budget = budget(1_000, 20, 8_000);
        AtomicInteger taken = new AtomicInteger();
        // When
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                callers.execute(() -> {
                    try {
                        budget.take();
                        taken.incrementAndGet();
                    } catch (DnsAccessException | InterruptedException e) {
                        // One call too many.
                    }
                });
            }
        }
        // Then
        assertThat(taken).hasValue(20);
    }

    @Test
    void sparesHalfOfTheCallsForMigrations() throws InterruptedException {
        // Given
        CallBudget budget = budget(20, 700, 8_000);
        CallBudget spare = budget.spare();
        for (int i = 0; i < 10; i++) {
            spare.take();
        }
        // When, Then nobody waits for a spare one
        assertThatThrownBy(spare::take).isInstanceOf(NoSpareCallException.class);
        assertThat(now).isEqualTo(START);
        for (int i = 0; i < 10; i++) {
            budget.take();
        }
        assertThat(now).as("there were ten left for migrations").isEqualTo(START);
        // When a minute is over
        now = now.plusSeconds(60);
        // Then
        spare.take();
        // Given migrations have made half of the calls
        for (int i = 0; i < 9; i++) {
            budget.take();
        }
        // When, Then
        assertThatThrownBy(spare::take).isInstanceOf(NoSpareCallException.class);
    }

    private CallBudget budget(int perMinute, int perHour, int perDay) {
        return budget("ferry", perMinute, perHour, perDay);
    }

    private CallBudget budget(String account, int perMinute, int perHour, int perDay) {
        return new PostgresCallBudget(
                account,
                new CallBudget.Limits(perMinute, perHour, perDay),
                dataSource,
                source.withZone(ZoneOffset.UTC),
                duration -> now = now.plus(duration));
    }
}
