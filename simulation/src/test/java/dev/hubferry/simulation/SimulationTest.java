package dev.hubferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.simulation.Outcome.Ending;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Whatever happens, and whenever: the promises hold. */
class SimulationTest {
    private static final int THREADS = 2;

    @Test
    void holdsInEveryScheduleAndMeetsEveryFault() throws InterruptedException {
        // Given
        Simulator simulator = new Simulator(new Parts(), Settings.of(1));
        // When
        Summary summary = simulator.run(100_000, THREADS);
        // Then
        assertThat(summary.failures()).extracting(Summary.Failure::line).isEmpty();
        assertThat(summary.coverage().missing())
                .as("faults that were never met")
                .isEmpty();
        assertThat(summary.endings()).containsOnlyKeys(Ending.values());
        assertThat(summary.refusals()).as("sleepers that were refused").isPositive();
    }

    /** Another seed each time, so that the many builds together see more; a failure prints the line that replays it. */
    @Test
    void holdsInSchedulesThatNobodyHasSeenYet() throws InterruptedException {
        // Given
        Settings settings = Settings.of(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        // When
        Summary summary = new Simulator(new Parts(), settings).run(30_000, THREADS);
        // Then
        assertThat(summary.failures()).extracting(Summary.Failure::line).isEmpty();
    }

    @Test
    void repeatsAScheduleToTheLetter() {
        // Given
        Settings settings = Settings.of(7);
        for (long index = 0; index < 200; index++) {
            // When
            Outcome once = new Simulator(new Parts(), settings).replay(index);
            Outcome again = new Simulator(new Parts(), settings).replay(index);
            // Then
            assertThat(once.trace()).isNotEmpty();
            assertThat(again).as("schedule %d", index).isEqualTo(once);
        }
    }

    @Test
    void doesTheSameOnOneThreadAsOnTwo() throws InterruptedException {
        // Given
        Simulator simulator = new Simulator(new Parts(), Settings.of(3));
        // When
        Summary alone = simulator.run(2_000, 1);
        Summary together = simulator.run(2_000, 2);
        // Then
        assertThat(together.text()).isEqualTo(alone.text());
        assertThat(together.coverage().table()).isEqualTo(alone.coverage().table());
    }

    @Test
    void differsFromScheduleToSchedule() {
        // Given
        Simulator simulator = new Simulator(new Parts(), Settings.of(3));
        // When
        Outcome one = simulator.replay(1);
        Outcome other = simulator.replay(2);
        // Then
        assertThat(other.trace()).isNotEqualTo(one.trace());
    }
}
