package dev.hubferry.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTimesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");
    private static final RetryTimes TIMES =
            new RetryTimes(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, PT5S",
        "2, 0.5, PT10S",
        "10, 0.5, PT42M40S",
        "11, 0.5, PT1H",
        "1000, 0.5, PT1H",
        "1, 0, PT4S",
        "1, 1, PT6S"
    })
    void waitsLongerEachTime(int attempts, double random, Duration delay) {
        assertThat(TIMES.after(attempts, random)).isEqualTo(delay);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT5S", "PT2M, PT2M", "P30D, PT1H"})
    void obeysReceiversWithinBounds(Duration asked, Duration obeyed) {
        assertThat(TIMES.bounded(asked)).isEqualTo(obeyed);
    }

    @ParameterizedTest
    @CsvSource({"PT24H, PT24H, true", "PT30H, PT23H59M59S, false", "PT23H59M59S, PT30H, false", "PT30H, PT30H, true"})
    void givesEveryEventAsLongAsTheFirst(Duration failing, Duration age, boolean over) {
        assertThat(TIMES.isOver(NOW.minus(failing), NOW.minus(age), NOW)).isEqualTo(over);
    }
}
