package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failedAttempts;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A saga that only looks, by the table of {@link PlanHub}. */
class LookingTest {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final RetryPolicy MANY = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 100);
    private static final SagaDefinition PLAN =
            PlanHub.definition(new Patience(MANY, MANY, MANY, Duration.ofMinutes(1)), DEADLINE);

    /** Needs where the old hub is reached. */
    private static final String RECORD = "check-record";

    @Test
    void asksEveryCheckOnceAndNothingElse() {
        // When
        SagaRig rig = given(PLAN).when();

        // Then
        rig.thenEndsAs(Completed.class).thenUndoes();
        assertThat(rig.sent()).allMatch(Outgoing.Send.class::isInstance);
        assertThat(rig.sent().stream().map(sent -> sent.step().name())).containsExactlyElementsOf(checks());
        assertThat(rig.slots()).isEmpty();
        assertThat(rig.state().ledger().gates()).isEmpty();
        assertThat(rig.state().ledger().timers()).isEmpty();
    }

    @Test
    void findsWhatFailsWhicheverChecksFail() {
        List<String> checks = checks();
        for (int subset = 0; subset < 1 << checks.size(); subset++) {
            // Given
            Set<String> failing = new TreeSet<>();
            List<Twist> twists = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                if ((subset & 1 << i) != 0) {
                    failing.add(checks.get(i));
                    ErrorCode code = i % 2 == 0 ? ErrorCode.HUB_NOT_FOUND : ErrorCode.SPEC_INVALID;
                    twists.add(failed(checks.get(i), code));
                }
            }

            // When
            SagaRig rig = given(PLAN).when(twists.toArray(Twist[]::new));

            // Then no failure hides another, and what could not be asked has failed without an attempt
            rig.thenEndsAs(Completed.class).thenUndoes();
            Set<String> expected = new TreeSet<>(failing);
            if (failing.contains("check-source")) {
                expected.add(RECORD);
                assertThat(((Run.Failed) run(rig, RECORD)).attempts()).isZero();
            }
            assertThat(failedChecks(rig)).as("of %s", failing).isEqualTo(expected);
            onlyRanForward(rig);
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void waitsForASilentParticipantUntilTheDeadlineOnlyAndHearsAllOthers(String silent) {
        // When
        SagaRig rig = given(PLAN).when(new Twist.Silent(silent, Direction.DO));

        // Then
        rig.thenEndsAs(Completed.class);
        assertThat(((Completed) rig.state()).at()).isEqualTo(SagaRig.START.plus(DEADLINE));
        assertThat(run(rig, silent))
                .isInstanceOfSatisfying(
                        Run.Failed.class,
                        run -> assertThat(run.failure().problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.code()).isEqualTo(ErrorCode.MESSAGE_LOST);
                                    assertThat(problem.where()).isEqualTo(silent);
                                    assertThat(problem.detail()).contains("600 s");
                                }));
        Set<String> expected = silent.equals("check-source") ? Set.of(silent, RECORD) : Set.of(silent);
        assertThat(failedChecks(rig)).isEqualTo(expected);
        assertThat(rig.sent().stream()
                        .filter(Outgoing.Withdraw.class::isInstance)
                        .map(sent -> sent.step().name()))
                .containsExactly(silent);
        assertThat(rig.probes(new StepRef(silent, Direction.DO, 1))).isPositive();
    }

    @Test
    void asksTheLaterCheckAsSoonAsItCanBeAskedThoughAnEarlierOneTakesLong() {
        // Given homes that are counted for long
        SagaRig rig = given(PLAN).when(new Twist.Silent("check-homes", Direction.DO));

        // Then
        assertThat(run(rig, RECORD))
                .isInstanceOfSatisfying(
                        Run.Succeeded.class, run -> assertThat(run.endedAt()).isBefore(SagaRig.START.plusSeconds(10)));
    }

    @Test
    void triesAgainWhatMayPassButNotForLong() {
        given(PLAN)
                .when(failedAttempts("check-homes", ErrorCode.SSH_UNREACHABLE, 2))
                .thenSent("check-homes", Direction.DO, 3)
                .thenEndsAs(Completed.class);
        SagaRig never = given(PLAN).when(failed("check-homes", ErrorCode.SSH_UNREACHABLE));
        never.thenSent("check-homes", Direction.DO, 3).thenEndsAs(Completed.class);
        assertThat(failedChecks(never)).containsExactly("check-homes");
    }

    @Test
    void givesUpAtTheDeadlineWhatWaitsForItsNextAttempt() {
        // Given the next attempt is due after the deadline
        RetryPolicy slow = new RetryPolicy(Duration.ofHours(5), Duration.ofHours(5), 3);
        SagaDefinition plan = PlanHub.definition(new Patience(slow, slow, slow, Duration.ofMinutes(1)), DEADLINE);

        // When
        SagaRig rig = given(plan).when(failed("check-database", ErrorCode.CLUSTER_UNREACHABLE));

        // Then
        rig.thenEndsAs(Completed.class);
        assertThat(((Completed) rig.state()).at()).isEqualTo(SagaRig.START.plus(DEADLINE));
        assertThat(((Run.Failed) run(rig, "check-database")).failure().code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
    }

    @Test
    void sendsALostCheckAgain() {
        given(PLAN)
                .when(new Twist.Lost("check-zone", Direction.DO, 1))
                .thenSent("check-zone", Direction.DO, 2)
                .thenEndsAs(Completed.class);
    }

    @Test
    void takesEveryAnswerOnce() {
        given(PLAN).when(new Twist.Repeats()).thenEndsAs(Completed.class);
    }

    @Test
    void hearsNothingAfterItsEnd() {
        // Given
        SagaRig rig = given(PLAN).when(new Twist.Silent("check-homes", Direction.DO));

        // When
        Outgoing.Send late = rig.sends("check-homes", Direction.DO).getFirst();
        Decision decision = rig.decide(
                new SagaEvent.Replied(late.step(), Answers.to(late.command(), rig.now(), Duration.ZERO), Map.of()));

        // Then
        assertThat(decision).isInstanceOf(Decision.Ignore.class);
        rig.thenEndsAs(Completed.class);
    }

    @Test
    void doesNotCareForTheWindowOfTheCutover() {
        // Given one that has ended
        Cutover over = new Cutover(
                Optional.empty(), Optional.of(SagaRig.START.minusSeconds(1)), Optional.empty(), OnTrouble.TAKE_BACK);

        // When
        SagaRig rig = given(PLAN).with(over).when();

        // Then
        rig.thenEndsAs(Completed.class);
        onlyRanForward(rig);
    }

    @Test
    void endsAsItBeginsWhenNothingMayBeAsked() {
        // When
        Subject subject = new Subject(SagaRig.MIGRATION, PLAN.id(), Specs.astro(), "op", SagaRig.START);
        Decision.Advance first = Decider.beginAndEnd(PLAN, subject, SagaRig.START);

        // Then
        assertThat(first.state()).isInstanceOf(Completed.class);
        assertThat(first.outgoing()).isEmpty();
        assertThat(first.timers()).isEmpty();
        assertThat(first.slots()).isEmpty();
    }

    @Test
    void isRefusedWhenItDoesMoreThanToLook() {
        Step check = PLAN.steps().getFirst();
        assertThatThrownBy(() -> survey(new Node.Approval("approve"))).hasMessageContaining("a survey has steps");
        assertThatThrownBy(() -> survey(check.marked(Node.Mark.CLOSES))).hasMessageContaining("a survey has steps");
        assertThatThrownBy(() -> survey(new Node.Parallel(
                        List.of(check.undo(
                                spec -> {
                                    throw new IllegalStateException("never made");
                                },
                                check.answer())),
                        false)))
                .hasMessageContaining("a survey has steps");
        assertThatThrownBy(() -> new Aim.Survey(Duration.ZERO)).hasMessageContaining("PT0S");
    }

    private static SagaDefinition survey(Node row) {
        return new SagaDefinition(
                "test",
                1,
                List.of(new Phase("only", List.of(row))),
                List.of(),
                PLAN.patience(),
                new Aim.Survey(DEADLINE));
    }

    private static void onlyRanForward(SagaRig rig) {
        assertThat(rig.turns()).allSatisfy(turn -> {
            if (turn.decision() instanceof Decision.Advance advance) {
                assertThat(advance.state()).isInstanceOfAny(Running.class, Completed.class);
            }
        });
    }

    private static Run run(SagaRig rig, String step) {
        return rig.state().ledger().step(step).forward();
    }

    private static Set<String> failedChecks(SagaRig rig) {
        Set<String> failed = new TreeSet<>();
        checks().stream().filter(step -> run(rig, step) instanceof Run.Failed).forEach(failed::add);
        return failed;
    }

    static List<String> checks() {
        return PLAN.steps().stream().map(Step::name).toList();
    }
}
