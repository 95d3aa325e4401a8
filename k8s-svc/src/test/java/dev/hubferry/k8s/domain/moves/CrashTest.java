package dev.hubferry.k8s.domain.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.moves.Moves.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every step dies at every call that it makes to a cluster, before and after the call's effect. */
class CrashTest {
    private static final int MOST_CALLS = 100;

    @ParameterizedTest
    @EnumSource(Step.class)
    void convergesWhenItIsRunAgainAfterACrash(Step step) throws Exception {
        // Given
        Moves smooth = before(step);
        step.run(smooth);
        smooth.world.settle();

        for (int n = 1; n < MOST_CALLS; n++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                // When
                Moves crashed = before(step);
                boolean crash = crashes(crashed, n, afterEffect, () -> step.run(crashed));
                crashed.restart();
                step.run(crashed);
                crashed.world.settle();

                // Then
                assertThat(crashed.world.describe()).isEqualTo(smooth.world.describe());
                if (!crash) {
                    return;
                }
            }
        }
        throw new AssertionError("the step never ended");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = Mode.EXCLUDE,
            names = {"EVICT_USERS", "SMOKE_TEST", "OPEN_TARGET"})
    void isUndoneAfterACrashAnywhere(Step step) throws Exception {
        for (int n = 1; n < MOST_CALLS; n++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                // Given
                Moves moves = before(step);
                String before = moves.world.describe();

                // When
                boolean crash = crashes(moves, n, afterEffect, () -> step.run(moves));
                moves.restart();
                var unused = step.undo(moves);
                moves.world.settle();

                // Then
                assertThat(moves.world.describe()).isEqualTo(before);
                if (!crash) {
                    return;
                }
            }
        }
        throw new AssertionError("the step never ended");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = Mode.EXCLUDE,
            names = {"EVICT_USERS", "SMOKE_TEST", "OPEN_TARGET"})
    void isUndoneWhenTheUndoCrashesAnywhere(Step step) throws Exception {
        for (int n = 1; n < MOST_CALLS; n++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                // Given
                Moves moves = before(step);
                String before = moves.world.describe();
                step.run(moves);

                // When
                boolean crash = crashes(moves, n, afterEffect, () -> {
                    var unused = step.undo(moves);
                });
                moves.restart();
                boolean happened = step.undo(moves);
                moves.world.settle();

                // Then
                assertThat(moves.world.describe()).isEqualTo(before);
                if (!crash) {
                    assertThat(happened).as("the second undo has nothing to do").isFalse();
                    return;
                }
            }
        }
        throw new AssertionError("the undo never ended");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = Mode.EXCLUDE,
            names = {"EVICT_USERS", "SMOKE_TEST", "OPEN_TARGET"})
    void undoOfWhatNeverHappenedChangesNothing(Step step) throws Exception {
        // Given
        Moves moves = before(step);
        String before = moves.world.describe();

        // When
        boolean happened = step.undo(moves);

        // Then
        assertThat(happened).isFalse();
        assertThat(moves.world.describe()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void changesNothingWhenTheLeaseIsLost(Step step) throws Exception {
        // Given
        Moves moves = before(step);
        String before = moves.world.describe();
        moves.work.lose();

        // When / Then
        assertThatThrownBy(() -> step.run(moves)).isInstanceOf(MemoryWork.Lost.class);
        assertThat(moves.world.describe()).isEqualTo(before);
    }

    private static Moves before(Step step) throws InterruptedException {
        Moves moves = new Moves();
        moves.upTo(step.name());
        moves.world.settle();
        return moves;
    }

    private static boolean crashes(Moves moves, int n, boolean afterEffect, Action action) throws InterruptedException {
        moves.world.old.failAt(n, afterEffect);
        moves.world.fresh.failAt(n, afterEffect);
        boolean crashed = false;
        try {
            action.run();
        } catch (Refusal refusal) {
            crashed = true;
        }
        moves.world.old.failNever();
        moves.world.fresh.failNever();
        return crashed;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws InterruptedException;
    }
}
