package dev.hubferry.dns.adapter.postgres;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.Pause;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Counts calls in sliding windows, as the provider does: a bucket that refills steadily would allow twice the limit in one minute.
 *
 * <p>The count is in the database, because the provider does not care which replica calls.
 */
public final class PostgresCallBudget implements CallBudget {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(61);

    private final String account;
    private final Limits limits;
    private final DataSource dataSource;
    private final Clock clock;
    private final Pause pause;

    public PostgresCallBudget(String account, Limits limits, DataSource dataSource, Clock clock, Pause pause) {
        this.account = account;
        this.limits = limits;
        this.dataSource = dataSource;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public void take() throws InterruptedException {
        Instant end = clock.instant().plus(LONGEST_WAIT);
        for (Duration wait = tryTake(limits); wait.isPositive(); wait = tryTake(limits)) {
            if (clock.instant().plus(wait).isAfter(end)) {
                throw new DnsAccessException(
                        ErrorCode.DNS_RATE_LIMITED,
                        "the API user's own call limit is used up; the next call is free in " + wait.toSeconds()
                                + " s");
            }
            pause.pause(wait);
        }
    }

    @Override
    public CallBudget spare() {
        Limits half = new Limits(half(limits.perMinute()), half(limits.perHour()), half(limits.perDay()));
        return () -> {
            if (tryTake(half).isPositive()) {
                throw new NoSpareCallException();
            }
        };
    }

    private static int half(int limit) {
        return Math.max(1, limit / 2);
    }

    /** Counts a call and returns zero, or says how long to wait for one. */
    @Failpoint("dns.budget.take")
    private Duration tryTake(Limits limits) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Duration wait = tryTake(connection, clock.instant(), limits);
                connection.commit();
                return wait;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("calls cannot be counted", e);
        }
    }

    private Duration tryTake(Connection connection, Instant now, Limits limits) throws SQLException {
        ApiCallTable.lock(connection, account);
        ApiCallTable.deleteUntil(connection, account, now.minus(Duration.ofDays(1)));
        Duration wait = longer(
                until(connection, now, limits.perMinute(), Duration.ofMinutes(1)),
                longer(
                        until(connection, now, limits.perHour(), Duration.ofHours(1)),
                        until(connection, now, limits.perDay(), Duration.ofDays(1))));
        if (!wait.isPositive()) {
            ApiCallTable.insert(connection, account, now);
            return Duration.ZERO;
        }
        return wait;
    }

    /** How long until the {@code limit}th call from the latest has left the window. */
    private Duration until(Connection connection, Instant now, int limit, Duration window) throws SQLException {
        Optional<Instant> last = ApiCallTable.nthLatest(connection, account, limit);
        return last.map(at -> Duration.between(now, at.plus(window))).orElse(Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
