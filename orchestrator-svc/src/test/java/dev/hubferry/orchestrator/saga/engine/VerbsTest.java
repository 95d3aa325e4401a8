package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.RETRIES;
import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationSpec.Approvals;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.AbortAsked;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.GateAnswered;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.PauseAsked;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.ResumeAsked;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.RetryAsked;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.SkipAsked;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {
    private static final PauseAsked PAUSE = new PauseAsked("olga", "the network is being mended");
    private static final ResumeAsked RESUME = new ResumeAsked("olga");

    @Test
    void beginsNothingNewWhilePaused() {
        // Given seed-homes is in flight
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));

        // When
        rig.decide(PAUSE);
        rig.answer("seed-homes");

        // Then its answer is taken, and nothing follows
        assertThat(rig.state().ledger().step("seed-homes").forward()).isInstanceOf(Run.Succeeded.class);
        rig.thenSent("lower-ttl", Direction.DO, 0);
        rig.decide(RESUME);
        rig.goOn().thenEndsAs(Completed.class);
    }

    @Test
    void neverLengthensADowntimeByAPause() {
        // Given the hub is down
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("evict-users", Direction.DO));

        // When
        rig.decide(PAUSE);
        rig.answer("evict-users");
        rig.goOn();

        // Then the saga goes on until users are let in, and stands still then
        rig.thenSent("open-target", Direction.DO, 1).thenSent("verify-live", Direction.DO, 0);
        rig.decide(RESUME);
        rig.goOn().thenEndsAs(Completed.class);
    }

    @Test
    void pausesAndResumesOnce() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        assertThat(rig.decide(RESUME)).isInstanceOf(Decision.Ignore.class);
        assertThat(rig.decide(PAUSE)).isInstanceOf(Decision.Advance.class);
        assertThat(rig.decide(PAUSE)).isInstanceOf(Decision.Ignore.class);
        assertThat(rig.decide(RESUME)).isInstanceOf(Decision.Advance.class);
        assertThat(rig.events())
                .contains(
                        new MigrationEvent.PauseRequested("olga", PAUSE.reason()), new MigrationEvent.Resumed("olga"));
    }

    @Test
    void givesGatesTheTimeBackThatAPauseTook() {
        // Given a gate that nobody answers, and a pause of ten days
        SagaRig waiting = given(migrateHub())
                .when(new Twist.Forgets("approve-cleanup"), new Twist.Silent("verify-live", Direction.DO));
        waiting.answer("verify-live");
        waiting.advance(Duration.ofDays(1));
        waiting.decide(new SagaEvent.TimerFired(new TimerKey.WaitOver("soak")));
        Instant before = ((GateState.Waiting) waiting.state().ledger().gate("approve-cleanup")).expiresAt();

        // When
        waiting.decide(PAUSE);
        waiting.advance(Duration.ofDays(10));
        Decision expiry = waiting.decide(new SagaEvent.TimerFired(new TimerKey.GateExpiry("approve-cleanup")));
        waiting.decide(RESUME);

        // Then
        assertThat(expiry).isInstanceOf(Decision.Ignore.class);
        assertThat(waiting.state().ledger().gate("approve-cleanup"))
                .isInstanceOfSatisfying(
                        GateState.Waiting.class,
                        gate -> assertThat(gate.expiresAt()).isEqualTo(before.plus(Duration.ofDays(10))));
    }

    @Test
    void sendsARetryThatFellDueDuringThePause() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        rig.decide(PAUSE);
        rig.fail("seed-homes", ErrorCode.SSH_UNREACHABLE);
        rig.mend();

        // When the retry's time comes, and only later the end of the pause
        rig.goOn();
        rig.thenSent("seed-homes", Direction.DO, 1);
        rig.decide(RESUME);
        rig.goOn();

        // Then
        rig.thenSent("seed-homes", Direction.DO, 2).thenEndsAs(Completed.class);
    }

    @Test
    void resumesAMigrationThatParkedWhileItWasPaused() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        rig.decide(PAUSE);
        rig.fail("seed-homes", ErrorCode.TARGET_FULL);
        rig.thenParksAt("seed-homes", Direction.DO).mend();

        // When
        rig.decide(RESUME);
        rig.thenEndsAs(SagaState.Parked.class);
        rig.decide(new RetryAsked("seed-homes", "olga"));

        // Then
        rig.goOn().thenEndsAs(Completed.class);
    }

    @Test
    void refusesToPauseWhatIsNotRunning() {
        refuses(given(migrateHub()).when(failed("verify-live")), PAUSE, Refusal.NOT_RUNNING);
        refuses(given(migrateHub()).when(failed("evict-users")), PAUSE, Refusal.NOT_RUNNING);
        refuses(given(migrateHub()).when(), RESUME, Refusal.NOT_RUNNING);
    }

    @ParameterizedTest
    @MethodSource("stepsFromThePivotOn")
    void goesOnWhenAParkedStepIsRetried(String step) {
        // Given
        SagaRig rig = given(migrateHub()).when(failed(step, ErrorCode.HUB_NOT_READY));
        rig.thenParksAt(step, Direction.DO).mend();

        // When
        assertThat(rig.decide(new RetryAsked(step, "olga"))).isInstanceOf(Decision.Advance.class);

        // Then
        assertThat(rig.events()).contains(new MigrationEvent.RetryRequested(step, Direction.DO, "olga"));
        rig.goOn().thenEndsAs(Completed.class);
    }

    @Test
    void givesARetriedStepAllItsAttemptsAgain() {
        // Given
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));
        rig.thenParksAt("seed-homes", Direction.DO).mend();

        // When the target has room, but the network has not
        rig.twist(failed("seed-homes", ErrorCode.SSH_UNREACHABLE));
        rig.decide(new RetryAsked("seed-homes", "olga"));
        rig.goOn();

        // Then
        rig.thenSent("seed-homes", Direction.DO, 1 + RETRIES.attempts()).thenEndsAs(RolledBack.class);
    }

    @ParameterizedTest
    @MethodSource("stepsWithUndo")
    void goesOnTheWayBackWhenAParkedUndoIsRetried(String step) {
        // Given
        SagaRig rig =
                given(migrateHub()).when(failed("await-propagation"), undoFailed(step, ErrorCode.CLUSTER_UNREACHABLE));
        rig.thenParksAt(step, Direction.UNDO).mend();

        // When
        rig.decide(new RetryAsked(step, "olga"));

        // Then
        rig.goOn().thenEndsAs(RolledBack.class);
    }

    @Test
    void asksAGateAgainThatNobodyAnsweredAfterThePivot() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Forgets("approve-cleanup"));
        rig.thenParksAt("approve-cleanup", Direction.DO).mend();

        // When
        rig.decide(new RetryAsked("approve-cleanup", "olga"));

        // Then
        rig.goOn().thenEndsAs(Completed.class);
    }

    @Test
    void retriesAtOnceWhatWaitsForItsNextAttempt() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        rig.fail("seed-homes", ErrorCode.SSH_UNREACHABLE);
        rig.decide(new RetryAsked("seed-homes", "olga"));
        rig.thenSent("seed-homes", Direction.DO, 2);
    }

    @Test
    void refusesToRetryWhatHasNotFailed() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        refuses(rig, new RetryAsked("seed-homes", "olga"), Refusal.NOTHING_FAILED);
        refuses(rig, new RetryAsked("open-route", "olga"), Refusal.NOTHING_FAILED);
        refuses(rig, new RetryAsked("approve-plan", "olga"), Refusal.NOTHING_FAILED);
        refuses(rig, new RetryAsked("make-coffee", "olga"), Refusal.ROW_UNKNOWN);
        refuses(given(migrateHub()).when(), new RetryAsked("seed-homes", "olga"), Refusal.ENDED);
    }

    @ParameterizedTest
    @MethodSource("skippableSteps")
    void completesWithoutAStepThatMayBeSkipped(String step) {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent(step, Direction.DO));
        rig.fail(step, ErrorCode.DNS_UNREACHABLE);
        rig.mend();

        // When
        assertThat(rig.decide(new SkipAsked(step, "olga", "looked at it myself")))
                .isInstanceOf(Decision.Advance.class);

        // Then
        assertThat(rig.events())
                .contains(new MigrationEvent.StepSkipped(step, Direction.DO, "olga", "looked at it myself"));
        rig.goOn().thenEndsAs(Completed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"old-ttl-expired", "soak"})
    void endsAWaitThatMayBeSkipped(String timer) {
        // Given
        String last = timer.equals("soak") ? "verify-live" : "lower-ttl";
        SagaRig rig = given(migrateHub()).when(new Twist.Silent(last, Direction.DO));
        rig.answer(last);
        Instant before = rig.now();

        // When
        rig.decide(new SkipAsked(timer, "olga", "in a hurry"));

        // Then
        assertThat(rig.state().ledger().timer(timer))
                .isEqualTo(new TimerState.Skipped(before, before, "olga", "in a hurry"));
        rig.mend().goOn().thenEndsAs(Completed.class);
    }

    @Test
    void refusesToSkipWhatOthersRelyOn() {
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));
        refuses(rig, new SkipAsked("seed-homes", "olga", "no time"), Refusal.NOT_SKIPPABLE);
        refuses(rig, new SkipAsked("verify-homes", "olga", "no time"), Refusal.NOT_SKIPPABLE);
        refuses(rig, new SkipAsked("verify-live", "olga", "no time"), Refusal.NOTHING_FAILED);
        refuses(rig, new SkipAsked("make-coffee", "olga", "no time"), Refusal.ROW_UNKNOWN);
    }

    @Test
    void takesAPersonsWordForAnUndoThatWasDoneByHand() {
        // Given
        SagaRig rig = given(migrateHub())
                .when(failed("evict-users"), undoFailed("close-source", ErrorCode.PERMISSION_MISSING));
        rig.thenParksAt("close-source", Direction.UNDO).mend();

        // When
        rig.decide(new SkipAsked("close-source", "olga", "kubectl apply of the kept manifest"));

        // Then
        rig.goOn().thenEndsAs(RolledBack.class);
        assertThat(rig.events())
                .contains(new MigrationEvent.StepSkipped(
                        "close-source", Direction.UNDO, "olga", "kubectl apply of the kept manifest"));
    }

    @Test
    void takesBackAParkedMigrationThatIsAborted() {
        // Given
        SagaRig rig = given(migrateHub()).when(failed("seed-homes", ErrorCode.TARGET_FULL));

        // When
        rig.decide(new AbortAsked("olga", "not today"));

        // Then
        rig.goOn().thenUndoes("open-route", "hold-target").thenEndsAs(RolledBack.class);
    }

    @Test
    void refusesToAbortAParkedWayBack() {
        SagaRig rig = given(migrateHub())
                .when(failed("evict-users"), undoFailed("close-source", ErrorCode.PERMISSION_MISSING));
        refuses(rig, new AbortAsked("olga", "again"), Refusal.PARKED);
    }

    @Test
    void wantsFourEyesWhenTheSpecDoes() {
        // Given the rig's gates are answered by who requested the migration
        SagaRig rig = given(migrateHub())
                .with(new Approvals(Duration.ofDays(7), true))
                .when(new Twist.Forgets("approve-plan"), new Twist.Silent("check-record", Direction.DO));
        rig.answer("check-record");

        // Then
        refuses(rig, new GateAnswered("approve-plan", true, "op", ""), Refusal.FOUR_EYES);
        assertThat(rig.decide(new GateAnswered("approve-plan", true, "anna", "")))
                .isInstanceOf(Decision.Advance.class);
    }

    @Test
    void letsWhoRequestedAMigrationRejectIt() {
        SagaRig rig = given(migrateHub())
                .with(new Approvals(Duration.ofDays(7), true))
                .when(new Twist.Silent("check-record", Direction.DO), new Twist.Forgets("approve-plan"));
        rig.answer("check-record");
        rig.decide(new GateAnswered("approve-plan", false, "op", "a mistake"));
        rig.goOn().thenEndsAs(RolledBack.class);
    }

    private static void refuses(SagaRig rig, SagaEvent event, Refusal refusal) {
        SagaState before = rig.state();
        assertThat(rig.decide(event)).isInstanceOfSatisfying(Decision.Refuse.class, no -> {
            assertThat(no.refusal()).isEqualTo(refusal);
            assertThat(no.reason()).isNotBlank();
        });
        assertThat(rig.state()).isEqualTo(before);
    }

    static Stream<String> stepsFromThePivotOn() {
        return MigrateHubTest.stepsFromThePivotOn();
    }

    static Stream<String> stepsWithUndo() {
        return MigrateHubTest.stepsWithUndo();
    }

    static Stream<String> skippableSteps() {
        return migrateHub().steps().stream().filter(Node.Step::skippable).map(Node.Step::name);
    }
}
