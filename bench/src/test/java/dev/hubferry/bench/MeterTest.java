package dev.hubferry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.bench.PublicEvent.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final Meter meter = new Meter();

    @Test
    void timesAStepFromItsDecisionToTheNewsOfItsSuccess() {
        // When
        hear(Kind.STEP_STARTED, "mine-1", 0, 30);
        hear(Kind.STEP_SUCCEEDED, "mine-1", 50, 70);

        // Then
        assertThat(meter.latencies("mine-", START, START.plusSeconds(1))).containsExactly(70);
    }

    @Test
    void leavesOutWhatEndsOutsideTheWindowOrBelongsToAnother() {
        // When
        hear(Kind.STEP_STARTED, "mine-1", 0, 0);
        hear(Kind.STEP_SUCCEEDED, "mine-1", 1_000, 1_000);
        hear(Kind.STEP_STARTED, "others-1", 0, 0);
        hear(Kind.STEP_SUCCEEDED, "others-1", 5, 5);
        hear(Kind.COMPLETED, "others-1", 6, 6);
        hear(Kind.COMPLETED, "mine-1", 7, 7);

        // Then
        assertThat(meter.latencies("mine-", START, START.plusSeconds(1))).isEmpty();
        assertThat(meter.completed("mine-", START, START.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void doesNotTakeAWaitThatNobodyWasAskedForAsAStep() {
        // When
        hear(Kind.STEP_SUCCEEDED, "mine-1", 0, 0);

        // Then
        assertThat(meter.latencies("mine-", START, START.plusSeconds(1))).isEmpty();
    }

    private void hear(Kind kind, String migration, long decidedMillis, long publishedMillis) {
        meter.heard(new PublicEvent(
                kind,
                migration,
                "step",
                "step/DO/1",
                START.plusMillis(decidedMillis),
                START.plusMillis(publishedMillis)));
    }
}
