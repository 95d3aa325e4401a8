package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failedAttempts;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.engine.SlotUse.Held;
import dev.hubferry.orchestrator.saga.engine.SlotUse.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that wait for their turn, and what a migration has of scarce things from then on. */
class QueuedStepsTest {
    private static final Set<Slot> SEED = Set.of(new Slot(Kind.SEED, "nfs-old"), new Slot(Kind.SEED, "nfs-new"));
    private static final Set<Slot> CUTOVER = Set.of(
            new Slot(Kind.CLUSTER_CUTOVER, "old"),
            new Slot(Kind.CLUSTER_CUTOVER, "new"),
            new Slot(Kind.DNS_CUTOVER, "example"));
    private static final Instant END = SagaRig.START.plus(Duration.ofDays(2));

    @ParameterizedTest
    @ValueSource(strings = {"seed-homes", "close-source"})
    void sendsAStepOnlyWhenItsTurnHasCome(String step) {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded(step));
        rig.thenSent(step, Direction.DO, 0);
        assertThat(rig.state().ledger().step(step).forward()).isInstanceOf(Run.Queued.class);

        // When
        rig.grant(step);

        // Then
        rig.thenSent(step, Direction.DO, 1).mend().goOn().thenEndsAs(Completed.class);
    }

    @Test
    void tellsThePublicThatAStepWaitsAndThatItsTurnHasCome() {
        List<String> slots = List.of("seed/nfs-new", "seed/nfs-old");
        assertThat(given(migrateHub()).when().events())
                .containsSequence(
                        new MigrationEvent.StepQueued("seed-homes", slots, Priority.NORMAL),
                        new MigrationEvent.SlotsGranted("seed-homes", slots),
                        new MigrationEvent.StepStarted("seed-homes", Direction.DO, 1));
    }

    @Test
    void hasTheStorageServersWhileHomesAreCopied() {
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded("seed-homes"), silent("seed-homes"));
        assertThat(rig.slots())
                .containsExactly(new Waiting("seed-homes", SEED, Priority.NORMAL, queuedAt(rig, "seed-homes")));
        rig.grant("seed-homes");
        assertThat(rig.slots()).containsExactly(new Held("seed-homes", SEED, Priority.NORMAL));
        rig.answer("seed-homes");
        assertThat(rig.slots()).isEmpty();
    }

    @Test
    void keepsTheStorageServersBetweenAttempts() {
        SagaRig rig = given(migrateHub())
                .when(failedAttempts("seed-homes", ErrorCode.SSH_UNREACHABLE, 3), silent("lower-ttl"));
        assertThat(rig.sends("seed-homes", Direction.DO)).hasSize(4);
        assertThat(rig.events().stream().filter(MigrationEvent.StepQueued.class::isInstance))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close-source", "sync-final", "switch-record", "open-target"})
    void hasTheClustersAndTheDnsAccountUntilUsersAreLetIn(String step) {
        SagaRig rig = given(migrateHub()).when(silent(step));
        assertThat(rig.slots()).containsExactly(new Held("close-source", CUTOVER, Priority.NORMAL));
    }

    @Test
    void givesTheClustersBackWhenUsersAreLetIn() {
        assertThat(given(migrateHub()).when(silent("verify-live")).slots()).isEmpty();
    }

    @Test
    void neverWaitsOnceTheHubIsDown() {
        SagaRig rig = given(migrateHub()).when(silent("close-source"));
        int queuedSoFar = queued(rig);
        rig.answer("close-source");
        rig.mend().goOn().thenEndsAs(Completed.class);
        assertThat(queued(rig)).isEqualTo(queuedSoFar);
    }

    @Test
    void hasTheClustersUntilUsersHaveTheirOldHubAgain() {
        // Given the way back has come to the undo of close-source
        SagaRig rig = given(migrateHub()).when(failed("sync-final"), new Twist.Silent("close-source", Direction.UNDO));
        assertThat(rig.slots()).containsExactly(new Held("close-source", CUTOVER, Priority.NORMAL));

        // When users have it, while the rest of the way back goes on
        SagaRig later = given(migrateHub()).when(failed("sync-final"), new Twist.Silent("lower-ttl", Direction.UNDO));

        // Then
        later.thenEndsAs(SagaState.Compensating.class);
        assertThat(later.slots()).isEmpty();
    }

    @Test
    void hasTheStorageServersUntilAWithdrawnCopyHasEnded() {
        SagaRig rig = given(migrateHub()).when(silent("seed-homes"));
        rig.decide(new SagaEvent.AbortAsked("olga", "enough"));
        assertThat(rig.slots()).containsExactly(new Held("seed-homes", SEED, Priority.NORMAL));
        rig.fail("seed-homes", ErrorCode.CANCELLED);
        assertThat(rig.slots()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed-homes", "close-source"})
    void undoesNothingOfAStepWhoseTurnNeverCame(String step) {
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded(step));
        rig.decide(new SagaEvent.AbortAsked("olga", "enough"));
        rig.goOn().thenSent(step, Direction.UNDO, 0).thenEndsAs(RolledBack.class);
        assertThat(rig.state().ledger().step(step)).isEqualTo(StepState.NOT_STARTED);
        assertThat(rig.slots()).isEmpty();
        assertThat(rig.decide(new SagaEvent.SlotsGranted(step))).isInstanceOf(Decision.Ignore.class);
    }

    @Test
    void setsNoTimerForAStepThatWaits() {
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded("seed-homes"));
        Decision.Advance queueing = (Decision.Advance) turn(rig, "seed-homes").decision();
        assertThat(queueing.timers()).isEmpty();
        assertThat(queueing.outgoing()).isEmpty();
    }

    @Test
    void leavesTheQueueForAPauseAndHasItsPlaceAgainAfterwards() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded("seed-homes"));
        List<SlotUse> place = rig.slots();

        // When
        rig.decide(new SagaEvent.PauseAsked("olga", "a storm"));
        assertThat(rig.slots()).isEmpty();
        assertThat(rig.decide(new SagaEvent.SlotsGranted("seed-homes"))).isInstanceOf(Decision.Ignore.class);
        rig.advance(Duration.ofHours(5));
        rig.decide(new SagaEvent.ResumeAsked("olga"));

        // Then
        assertThat(rig.slots()).isEqualTo(place);
    }

    @Test
    void givesTheStorageServersBackWhenItIsParkedAndWaitsAnewForARetry() {
        // Given
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));
        rig.thenParksAt("seed-homes", Direction.DO);
        assertThat(rig.slots()).isEmpty();

        // When
        rig.twist(new Twist.Crowded("seed-homes"));
        rig.decide(new SagaEvent.RetryAsked("seed-homes", "olga"));

        // Then
        rig.thenSent("seed-homes", Direction.DO, 1);
        assertThat(rig.slots()).singleElement().isInstanceOf(Waiting.class);
        rig.mend().goOn().thenSent("seed-homes", Direction.DO, 2).thenEndsAs(Completed.class);
    }

    @Test
    void takesAStepThatFailedForOneThatWasSentWhenItsRetryIsTakenBackInTheQueue() {
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));
        rig.twist(new Twist.Crowded("seed-homes"));
        rig.decide(new SagaEvent.RetryAsked("seed-homes", "olga"));
        rig.decide(new SagaEvent.AbortAsked("olga", "enough"));
        assertThat(rig.state().ledger().step("seed-homes").forward()).isInstanceOf(Run.Failed.class);
        rig.goOn().thenEndsAs(RolledBack.class);
    }

    @Test
    void keepsTheClustersWhileItIsParkedWithItsHubDown() {
        // Given
        SagaRig rig = given(migrateHub())
                .with(new Cutover(Optional.empty(), Optional.empty(), Optional.empty(), OnTrouble.PARK))
                .when(failed("close-source", ErrorCode.PERMISSION_MISSING));
        rig.thenParksAt("close-source", Direction.DO);
        assertThat(rig.slots()).containsExactly(new Held("close-source", CUTOVER, Priority.NORMAL));

        // When, Then it need not wait to go on
        rig.mend();
        rig.decide(new SagaEvent.RetryAsked("close-source", "olga"));
        rig.thenSent("close-source", Direction.DO, 2);
    }

    @Test
    void keepsTheClustersWhileItsWayBackIsParked() {
        SagaRig rig = given(migrateHub())
                .when(failed("sync-final"), undoFailed("close-source", ErrorCode.CLUSTER_UNREACHABLE));
        rig.thenParksAt("close-source", Direction.UNDO);
        assertThat(rig.slots()).containsExactly(new Held("close-source", CUTOVER, Priority.NORMAL));
        rig.decide(new SagaEvent.SkipAsked("close-source", "olga", "opened by hand"));
        assertThat(rig.slots()).isEmpty();
    }

    @Test
    void takesTheMigrationBackWhenItsWindowEndsWhileItWaits() {
        SagaRig rig = given(migrateHub()).with(untilTheEnd()).when(new Twist.Crowded("close-source"));
        rig.thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause()).contains("the window for the cutover ended");
    }

    @Test
    void closesNoHubWhenItsTurnComesTooLate() {
        // Given it waits, and the clock has not said yet that the window is over
        SagaRig rig = given(migrateHub()).with(untilTheEnd()).when(new Twist.Crowded("close-source"));
        SagaState waiting = ((Decision.Advance) turn(rig, "close-source").decision()).state();

        // When
        Decision decision =
                Decider.decide(migrateHub(), waiting, new SagaEvent.SlotsGranted("close-source"), END.plusMillis(1));

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Advance.class, advance -> {
            assertThat(advance.state()).isInstanceOf(SagaState.Compensating.class);
            assertThat(advance.outgoing())
                    .extracting(Outgoing::step)
                    .doesNotContain(new StepRef("close-source", Direction.DO, 1));
            assertThat(advance.slots()).contains(List.of());
        });
    }

    @Test
    void failsAStepWhoseTurnHasComeAndWhoseCommandCannotBeMade() {
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded("seed-homes"));
        SagaDefinition broken = Unmakeable.in(migrateHub(), "seed-homes");
        Decision decision = Decider.decide(broken, rig.state(), new SagaEvent.SlotsGranted("seed-homes"), rig.now());
        assertThat(decision).isInstanceOfSatisfying(Decision.Advance.class, advance -> {
            assertThat(advance.state())
                    .isInstanceOfSatisfying(
                            SagaState.Compensating.class,
                            back -> assertThat(back.cause()).contains("its command cannot be made"));
            assertThat(advance.slots()).contains(List.of());
        });
    }

    @Test
    void movesToAnotherPlaceByAPersonsWord() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Crowded("seed-homes"));
        Instant since = ((Waiting) rig.slots().getFirst()).since();
        rig.advance(Duration.ofMinutes(3));

        // When
        SagaEvent asked = new SagaEvent.PriorityAsked(Priority.HIGH, "olga", "the dean waits");
        assertThat(rig.decide(asked)).isInstanceOf(Decision.Advance.class);

        // Then
        assertThat(rig.slots()).containsExactly(new Waiting("seed-homes", SEED, Priority.HIGH, since));
        assertThat(rig.events())
                .last()
                .isEqualTo(new MigrationEvent.PriorityChanged(Priority.HIGH, "olga", "the dean waits"));
        assertThat(rig.decide(asked)).isInstanceOf(Decision.Ignore.class);
        rig.grant("seed-homes");
        assertThat(rig.state().priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void keepsItsNewPlaceThroughAPauseAndAPark() {
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));
        rig.decide(new SagaEvent.PriorityAsked(Priority.LOW, "olga", "no hurry"));
        rig.twist(new Twist.Crowded("seed-homes"));
        rig.decide(new SagaEvent.RetryAsked("seed-homes", "olga"));
        rig.decide(new SagaEvent.PauseAsked("olga", "a storm"));
        rig.decide(new SagaEvent.ResumeAsked("olga"));
        assertThat(rig.slots()).singleElement().extracting(SlotUse::priority).isEqualTo(Priority.LOW);
    }

    @Test
    void movesNobodyWhoWaitsForNothingAnyMore() {
        SagaRig rig = given(migrateHub()).when(failed("sync-final"));
        assertThat(rig.decide(new SagaEvent.PriorityAsked(Priority.HIGH, "olga", "now")))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.NOT_RUNNING));
    }

    @Test
    void wantsNothingByAnOlderDefinition() {
        SagaDefinition second = dev.hubferry.orchestrator.saga.MigrateHub.older(MigrateHubTest.PATIENCE)
                .get(2);
        SagaRig rig = given(second).when();
        assertThat(second.id()).isEqualTo("migrate-hub/2");
        rig.thenEndsAs(Completed.class);
        assertThat(queued(rig)).isZero();
    }

    /** The decision that put a step into the queue. */
    private static SagaRig.Turn turn(SagaRig rig, String step) {
        return rig.turns().stream()
                .filter(turn -> turn.decision() instanceof Decision.Advance advance
                        && advance.events().stream()
                                .anyMatch(event -> event instanceof MigrationEvent.StepQueued queued
                                        && queued.step().equals(step)))
                .findFirst()
                .orElseThrow();
    }

    private static Instant queuedAt(SagaRig rig, String step) {
        return turn(rig, step).at();
    }

    private static Cutover untilTheEnd() {
        return new Cutover(Optional.empty(), Optional.of(END), Optional.empty(), OnTrouble.TAKE_BACK);
    }

    private static int queued(SagaRig rig) {
        return (int) rig.events().stream()
                .filter(MigrationEvent.StepQueued.class::isInstance)
                .count();
    }

    private static Twist silent(String step) {
        return new Twist.Silent(step, Direction.DO);
    }
}
