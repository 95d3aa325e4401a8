package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.bench.homes.Goals.Goal;
import dev.hubferry.bench.homes.HomesResults.Run;
import dev.hubferry.bench.homes.Judge.Verdict;
import dev.hubferry.bench.homes.Mover.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Verdict EQUAL = new Verdict(Map.of());
    private static final Verdict DIFFERENT = new Verdict(Map.of("hl", 3L));

    @Test
    void aFullCopyIsHeldAgainstTheBestPeerThatIsEqual() {
        // Given
        List<Run> runs = List.of(
                run(Method.OURS, Case.FULL_COPY, 10, EQUAL),
                run(Method.RSYNC, Case.FULL_COPY, 12, EQUAL),
                run(Method.TAR, Case.FULL_COPY, 10, EQUAL),
                run(Method.FPSYNC4, Case.FULL_COPY, 5, DIFFERENT));

        // When
        List<Goal> goals = goals(LinkKind.LOOPBACK, "S", 6_000, runs);

        // Then
        assertThat(goals).singleElement().satisfies(goal -> {
            assertThat(goal.measured()).contains(1.0);
            assertThat(goal.reached()).isTrue();
        });
    }

    @Test
    void aFullCopyThatTakesLongerThanAPeerMissesItsGoal() {
        // Given
        List<Run> runs =
                List.of(run(Method.OURS, Case.FULL_COPY, 11, EQUAL), run(Method.TAR, Case.FULL_COPY, 10, EQUAL));

        // Then
        assertThat(goals(LinkKind.LOOPBACK, "S", 6_000, runs))
                .extracting(Goal::reached)
                .containsExactly(false);
    }

    @Test
    void aLongLinkHasGoalsForWhatChangesAndOnlyALargeTreeHasAll() {
        // Given
        List<Run> runs = List.of(
                run(Method.OURS, Case.NOTHING_CHANGED, 1, EQUAL),
                run(Method.RSYNC, Case.NOTHING_CHANGED, 6, EQUAL),
                run(Method.OURS, Case.ONE_PERCENT, 1, EQUAL),
                run(Method.RSYNC, Case.ONE_PERCENT, 3.4, DIFFERENT),
                run(Method.OURS, Case.TENTH_PERCENT, 1, EQUAL),
                run(Method.RSYNC, Case.TENTH_PERCENT, 9, EQUAL));

        // Then
        assertThat(goals(LinkKind.WAN20, "S", 6_000, runs))
                .extracting(Goal::reached)
                .containsExactly(false);
        assertThat(goals(LinkKind.WAN20, "L", 72_000, runs))
                .extracting(Goal::reached)
                .containsExactly(true, false);
        assertThat(goals(LinkKind.WAN20, "200:240000:1000", 344_000, runs))
                .extracting(Goal::reached)
                .containsExactly(false, true);
        assertThat(goals(LinkKind.WAN80, "L", 72_000, runs))
                .extracting(Goal::line)
                .containsExactly("1 % changed at least 5.0 × as fast as one rsync: NOT reached, 3.40 ×");
    }

    @Test
    void aGoalWithoutItsPeerIsNotMeasured() {
        // Given
        List<Run> runs = List.of(run(Method.OURS, Case.FULL_COPY, 1, EQUAL));

        // Then
        assertThat(goals(LinkKind.CAPPED, "S", 6_000, runs)).singleElement().satisfies(goal -> {
            assertThat(goal.measured()).isEqualTo(Optional.empty());
            assertThat(goal.reached()).isFalse();
            assertThat(goal.line()).endsWith("not measured");
        });
    }

    private static List<Goal> goals(LinkKind link, String tree, long entries, List<Run> runs) {
        HomesPlan plan = new HomesPlan(
                TreeShape.parse(tree),
                link,
                Standing.BETWEEN,
                List.of(Method.values()),
                1,
                7,
                Map.of(),
                Path.of("/tmp"));
        return Goals.of(new HomesResults(plan, new SourceTree.Size(entries, 1), Map.of(), runs, List.of(), Map.of()));
    }

    private static Run run(Method method, Case what, double seconds, Verdict verdict) {
        return new Run(method, what, 1, new Timing(seconds, List.of()), OptionalLong.empty(), verdict);
    }
}
