package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failedAttempts;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailedAttempts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.Parked;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import dev.hubferry.orchestrator.script.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateHubTest {
    @Test
    void movesAHub() {
        given(migrateHub()).when().thenUndoes().thenEndsAs(Completed.class);
    }

    @Test
    void sendsStepsInTheOrderOfTheTable() {
        // When
        SagaRig rig = given(migrateHub()).when();

        // Then
        assertThat(rig.sent().stream().map(outgoing -> outgoing.step().name()))
                .containsExactlyElementsOf(
                        migrateHub().steps().stream().map(Step::name).toList());
    }

    @Test
    void undoesWhatWasSentWhenTheFinalSyncFails() {
        given(migrateHub())
                .when(failed("sync-final"))
                .thenUndoes(
                        "transfer-database",
                        "stop-source-hub",
                        "close-source",
                        "lower-ttl",
                        "open-route",
                        "hold-target")
                .thenEndsAs(RolledBack.class);
    }

    @ParameterizedTest
    @MethodSource("stepsBeforeThePivot")
    void undoesExactlyWhatWasSentWhenAStepBeforeThePivotFails(String step) {
        given(migrateHub())
                .when(failed(step))
                .thenUndoesTogether(undosAfterFailureOf(step))
                .thenEndsAs(RolledBack.class);
    }

    @ParameterizedTest
    @MethodSource("stepsBeforeThePivot")
    void undoesExactlyWhatWasSentWhenAbortedInMidStep(String step) {
        given(migrateHub())
                .when(new Twist.Aborts(step, false))
                .thenUndoesTogether(undosAfterFailureOf(step))
                .thenEndsAs(RolledBack.class);
    }

    @ParameterizedTest
    @MethodSource("stepsBeforeThePivot")
    void undoesAlsoAStepThatSucceedsAlthoughItWasWithdrawn(String step) {
        given(migrateHub())
                .when(new Twist.Aborts(step, true))
                .thenUndoesTogether(undosAfterFailureOf(step))
                .thenEndsAs(RolledBack.class);
    }

    @ParameterizedTest
    @MethodSource("stepsFromThePivotOn")
    void parksWhenAStepFromThePivotOnFails(String step) {
        given(migrateHub()).when(failed(step)).thenUndoes().thenParksAt(step, Direction.DO);
    }

    @ParameterizedTest
    @MethodSource("stepsWithUndo")
    void parksWhenAnUndoKeepsFailing(String step) {
        // Given the last step before the pivot fails, so that every undo runs
        given(migrateHub())
                .when(failed("await-propagation"), undoFailed(step, ErrorCode.CLUSTER_UNREACHABLE))
                .thenSent(step, Direction.UNDO, UNDO_RETRIES.attempts())
                .thenParksAt(step, Direction.UNDO);
    }

    @ParameterizedTest
    @MethodSource("stepsWithUndo")
    void retriesAnUndoThatFailsForATime(String step) {
        given(migrateHub())
                .when(failed("await-propagation"), undoFailedAttempts(step, ErrorCode.HUB_NOT_READY, 3))
                .thenSent(step, Direction.UNDO, 4)
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void parksAtOnceWhenAnUndoFailsForAReasonThatStays() {
        given(migrateHub())
                .when(failed("await-propagation"), undoFailed("close-source", ErrorCode.SPEC_INVALID))
                .thenSent("close-source", Direction.UNDO, 1)
                .thenSent("lower-ttl", Direction.UNDO, 0)
                .thenParksAt("close-source", Direction.UNDO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-homes", "seed-homes", "close-source", "open-target", "restore-ttl"})
    void retriesAStepThatFailsForATime(String step) {
        given(migrateHub())
                .when(failedAttempts(step, ErrorCode.SSH_UNREACHABLE, 3))
                .thenSent(step, Direction.DO, 4)
                .thenUndoes()
                .thenEndsAs(Completed.class);
    }

    @Test
    void givesUpRetryingAfterTheLastAttempt() {
        given(migrateHub())
                .when(failed("seed-homes", ErrorCode.SSH_UNREACHABLE))
                .thenSent("seed-homes", Direction.DO, RETRIES.attempts())
                .thenUndoes("open-route", "hold-target")
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void waitsForAnOperatorWhereUsersWaitForNothing() {
        given(migrateHub())
                .when(failed("seed-homes", ErrorCode.TARGET_FULL))
                .thenSent("seed-homes", Direction.DO, 1)
                .thenUndoes()
                .thenParksAt("seed-homes", Direction.DO);
    }

    @Test
    void givesUsersTheirHubBackWhenAStepNeedsAnOperatorInTheDowntime() {
        given(migrateHub())
                .when(failed("evict-users", ErrorCode.PODS_NOT_GONE))
                .thenSent("evict-users", Direction.DO, 1)
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void waitsForAnOperatorInTheDowntimeWhenTheSpecWantsIt() {
        given(migrateHub())
                .with(new Cutover(Optional.empty(), Optional.empty(), Optional.empty(), OnTrouble.PARK))
                .when(failed("evict-users", ErrorCode.PODS_NOT_GONE))
                .thenParksAt("evict-users", Direction.DO);
    }

    @Test
    void withdrawsTheOtherBranchAtOnceWhenOneFailsInTheDowntime() {
        // Given the copy of homes takes long
        SagaRig rig =
                given(migrateHub()).when(failed("transfer-database"), new Twist.Silent("sync-final", Direction.DO));

        // Then
        rig.thenEndsAs(SagaState.Compensating.class);
        assertThat(rig.state().ledger().step("sync-final").forward()).isInstanceOf(Run.Cancelling.class);
    }

    @Test
    void triesLongerFromThePivotOn() {
        given(migrateHub())
                .when(failed("open-target", ErrorCode.CLUSTER_UNREACHABLE))
                .thenSent("open-target", Direction.DO, LATE_RETRIES.attempts())
                .thenParksAt("open-target", Direction.DO);
    }

    @Test
    void givesTheSameDelaysWhenDecidedAgain() {
        List<MigrationEvent> once = given(migrateHub())
                .when(failed("seed-homes", ErrorCode.SSH_UNREACHABLE))
                .events();
        List<MigrationEvent> again = given(migrateHub())
                .when(failed("seed-homes", ErrorCode.SSH_UNREACHABLE))
                .events();
        assertThat(again).isEqualTo(once);
    }

    @Test
    void looksForEveryProblemBeforeItGivesUp() {
        // When two checks fail, the second one later
        SagaRig rig = given(migrateHub())
                .when(failed("check-source", ErrorCode.SPEC_INVALID), failed("check-zone", ErrorCode.DNS_UNREACHABLE));

        // Then
        rig.thenSent("check-zone", Direction.DO, RETRIES.attempts()).thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause())
                .contains("check-source failed: SPEC_INVALID", "check-zone failed: DNS_UNREACHABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve-plan", "approve-downtime"})
    void compensatesWhenAGateBeforeThePivotIsRejected(String gate) {
        SagaRig rig = given(migrateHub()).when(new Twist.Rejects(gate)).thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause()).isEqualTo(gate + " was rejected by op");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve-plan", "approve-downtime"})
    void compensatesWhenAGateBeforeThePivotExpires(String gate) {
        SagaRig rig = given(migrateHub()).when(new Twist.Forgets(gate)).thenEndsAs(RolledBack.class);
        assertThat(rig.now()).isAfterOrEqualTo(SagaRig.START.plus(Duration.ofDays(7)));
    }

    @Test
    void parksWhenTheCleanUpIsRejectedOrForgotten() {
        given(migrateHub()).when(new Twist.Rejects("approve-cleanup")).thenParksAt("approve-cleanup", Direction.DO);
        given(migrateHub()).when(new Twist.Forgets("approve-cleanup")).thenParksAt("approve-cleanup", Direction.DO);
    }

    @Test
    void withdrawsAGateThatWaitsWhenAborted() {
        SagaRig rig = given(migrateHub())
                .when(new Twist.AbortsAtGate("approve-downtime"))
                .thenUndoes("lower-ttl", "open-route", "hold-target")
                .thenEndsAs(RolledBack.class);
        assertThat(rig.state().ledger().gate("approve-downtime")).isInstanceOf(GateState.Withdrawn.class);
    }

    @Test
    void refusesToAbortAfterThePivot() {
        // Given open-target is sent and not answered
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("open-target", Direction.DO));

        // When
        Decision decision = rig.decide(new SagaEvent.AbortAsked("op", "too late"));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.PIVOT_PASSED));
        assertThat(rig.events()).contains(new MigrationEvent.PivotPassed("open-target"));
    }

    @Test
    void takesASecondAbortForTheFirst() {
        SagaRig rig = given(migrateHub())
                .when(new Twist.Aborts("seed-homes", false), new Twist.Silent("open-route", Direction.UNDO));
        assertThat(rig.decide(new SagaEvent.AbortAsked("op", "again"))).isInstanceOf(Decision.Ignore.class);
    }

    @Test
    void awaitsTheAnswerOfAWithdrawnStepBeforeItUndoes() {
        // Given a step that answers nothing
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("evict-users", Direction.DO));

        // When
        assertThat(rig.decide(new SagaEvent.AbortAsked("op", "enough"))).isInstanceOf(Decision.Advance.class);

        // Then it is withdrawn, and nothing is undone
        rig.thenUndoes().thenEndsAs(SagaState.Compensating.class);
        assertThat(rig.sent().getLast())
                .isInstanceOfSatisfying(
                        Outgoing.Withdraw.class,
                        withdraw ->
                                assertThat(withdraw.cancel().command().value()).isEqualTo("m-1/evict-users/do/1"));
    }

    @Test
    void cutsOnlyWhenTheOldTimeToLiveHasPassed() {
        // When the record had a time to live of 1,799 s
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("close-source", Direction.DO));

        // Then
        TimerState.Elapsed elapsed = (TimerState.Elapsed) rig.state().ledger().timer("old-ttl-expired");
        assertThat(Duration.between(elapsed.since(), elapsed.at())).isEqualTo(Duration.ofSeconds(1799));
    }

    @Test
    void seedsTheHomesOfActiveUsersFirst() {
        SagaRig rig = given(migrateHub()).when();
        assertThat(rig.sends("seed-homes", Direction.DO).getFirst().command())
                .isInstanceOfSatisfying(
                        StorageCommand.SeedHomes.class,
                        seed -> assertThat(seed.activeFirst()).isEqualTo(Answers.ACTIVE));
    }

    @Test
    void firesNoTimerBeforeItsTime() {
        // Given the saga waits for the old time to live to pass
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("lower-ttl", Direction.DO));
        StepRef lowered = new StepRef("lower-ttl", Direction.DO, 1);
        var lower = rig.sends("lower-ttl", Direction.DO).getLast().command();
        var unused = rig.decide(
                new SagaEvent.Replied(lowered, Answers.to(lower, rig.now(), Duration.ofSeconds(1799)), Map.of()));

        // When a timer comes a second early
        rig.advance(Duration.ofSeconds(1798));
        Decision early = rig.decide(new SagaEvent.TimerFired(new TimerKey.WaitOver("old-ttl-expired")));

        // Then it is set again, and nothing else happens
        assertThat(early).isInstanceOfSatisfying(Decision.Advance.class, advance -> {
            assertThat(advance.events()).isEmpty();
            assertThat(advance.timers()).hasSize(1);
        });
        rig.advance(Duration.ofSeconds(1));
        Decision due = rig.decide(new SagaEvent.TimerFired(new TimerKey.WaitOver("old-ttl-expired")));
        assertThat(due)
                .isInstanceOfSatisfying(
                        Decision.Advance.class,
                        advance ->
                                assertThat(advance.events()).last().isInstanceOf(MigrationEvent.ApprovalAwaited.class));
    }

    @Test
    void ignoresRepliesThatComeAgain() {
        // When
        SagaRig once = given(migrateHub()).when();
        SagaRig twice = given(migrateHub()).when(new Twist.Repeats());

        // Then
        twice.thenEndsAs(Completed.class);
        assertThat(twice.events()).isEqualTo(once.events());
        assertThat(twice.ignored()).hasSize(migrateHub().steps().size());
    }

    @Test
    void ignoresTheReplyToAFormerAttempt() {
        // Given the second attempt is in flight
        SagaRig rig = given(migrateHub())
                .when(
                        failedAttempts("seed-homes", ErrorCode.COPY_FAILED, 1),
                        new Twist.Silent("lower-ttl", Direction.DO));

        // When
        Decision decision = rig.decide(new SagaEvent.Replied(
                new StepRef("seed-homes", Direction.DO, 1), Rejected.of(ErrorCode.COPY_FAILED, "late"), Map.of()));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Ignore.class,
                        ignore -> assertThat(ignore.reason()).contains("attempt 1 of seed-homes"));
    }

    @Test
    void takesAnAnswerOfTheWrongKindForAFailure() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("hold-target", Direction.DO));
        Decision decision = rig.decide(new SagaEvent.Replied(
                new StepRef("hold-target", Direction.DO, 1),
                new dev.hubferry.contracts.K8sReply.UsersEvicted(1),
                Map.of()));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Advance.class,
                        advance -> assertThat(advance.events())
                                .first()
                                .isInstanceOfSatisfying(
                                        MigrationEvent.StepFailed.class,
                                        failed -> assertThat(failed.detail())
                                                .isEqualTo(
                                                        "hold-target was answered with UsersEvicted instead of TargetHeld")));
    }

    @Test
    void refusesAGateThatDoesNotWait() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        assertThat(rig.decide(new SagaEvent.GateAnswered("approve-downtime", true, "op", "")))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.GATE_NOT_WAITING));
        assertThat(rig.decide(new SagaEvent.GateAnswered("approve-everything", true, "op", "")))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.GATE_UNKNOWN));
    }

    @Test
    void standsStillWhenParked() {
        SagaRig rig = given(migrateHub()).when(failed("verify-live"));
        assertThat(rig.decide(new SagaEvent.AbortAsked("op", "please")))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.PIVOT_PASSED));
        assertThat(((Parked) rig.state()).was()).isInstanceOf(SagaState.Running.class);
    }

    @Test
    void pointsDnsFromTheSourcesIngressToTheTargets() {
        SagaRig rig = given(migrateHub()).when();
        assertThat(rig.sends("switch-record", Direction.DO).getFirst().command())
                .isEqualTo(new DnsCommand.SwitchRecord("example", "astro.example.org", Answers.OLD, Answers.NEW));
        assertThat(rig.sends("await-propagation", Direction.DO).getFirst().command())
                .isEqualTo(new DnsCommand.AwaitPropagation(
                        "example", "astro.example.org", Answers.NEW, Duration.ofSeconds(300)));
        assertThat(((K8sCommand.SmokeTestTarget) rig.sends("smoke-test-target", Direction.DO)
                                .getFirst()
                                .command())
                        .users())
                .isEqualTo(61);
    }

    @Test
    void tellsThePublicEnoughToRebuildTheStory() {
        List<MigrationEvent> events =
                given(migrateHub()).when(failed("evict-users")).events();
        assertThat(events.getFirst()).isInstanceOf(MigrationEvent.MigrationRequested.class);
        assertThat(events)
                .contains(new MigrationEvent.CompensationStarted("evict-users failed: SOURCE_CHANGED: as scripted"));
        assertThat(events.getLast()).isInstanceOf(MigrationEvent.MigrationRolledBack.class);
    }

    static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 5);
    static final RetryPolicy UNDO_RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 8);

    static final RetryPolicy LATE_RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 9);
    static final Patience PATIENCE = new Patience(RETRIES, LATE_RETRIES, UNDO_RETRIES, Duration.ofMinutes(1));

    static SagaDefinition migrateHub() {
        return MigrateHub.definition(PATIENCE);
    }

    static Stream<String> stepsBeforeThePivot() {
        return migrateHub().steps().stream().takeWhile(step -> !step.pivot()).map(Step::name);
    }

    static Stream<String> stepsFromThePivotOn() {
        return migrateHub().steps().stream().dropWhile(step -> !step.pivot()).map(Step::name);
    }

    static Stream<String> stepsWithUndo() {
        return migrateHub().steps().stream()
                .filter(step -> step.undo() instanceof Undo.By)
                .map(Step::name);
    }

    /** From the table alone: rows down to the one of {@code step}, from bottom to top, those with an undo. */
    private static List<List<String>> undosAfterFailureOf(String step) {
        List<List<String>> expected = new ArrayList<>();
        for (Node node : migrateHub().nodes()) {
            List<Step> row = switch (node) {
                case Step single -> List.of(single);
                case Parallel parallel -> parallel.steps();
                case Node.Approval _, Node.Timer _ -> List.of();
            };
            List<String> undos = row.stream()
                    .filter(candidate -> candidate.undo() instanceof Undo.By)
                    .map(Step::name)
                    .toList();
            if (!undos.isEmpty()) {
                expected.addFirst(undos);
            }
            if (row.stream().anyMatch(candidate -> candidate.name().equals(step))) {
                return expected;
            }
        }
        throw new AssertionError("no step " + step);
    }
}
