package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private final Retry retry = new Retry(Duration.ofMillis(1));
    private final AtomicInteger attempts = new AtomicInteger();

    private Supplier<Integer> failing(int times, String sqlState) {
        return () -> {
            if (attempts.incrementAndGet() <= times) {
                throw new DatabaseException(new SQLException("a test", sqlState));
            }
            return attempts.get();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "40P01", "25P03", "42P01"})
    void goesOnUntilItIsDone(String sqlState) throws InterruptedException {
        assertThat(retry.untilDone("a test", failing(5, sqlState))).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "54000"})
    void givesUpAtOnceWhenTheDataIsAtFault(String sqlState) {
        assertThatThrownBy(() -> retry.untilDone("a test", failing(5, sqlState)))
                .isInstanceOf(DatabaseException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void endsWhenTheServiceStops() {
        // Given
        retry.stop();
        // Then
        assertThatThrownBy(() -> retry.untilDone("a test", failing(5, "08006")))
                .isInstanceOf(InterruptedException.class);
        assertThat(attempts).hasValue(1);
    }
}
