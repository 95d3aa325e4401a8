package dev.hubferry.orchestrator.api.view;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.RepeatedPass;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.orchestrator.api.view.ReportView.Outcome;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.script.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In the rig each answer takes 100 ms, one after the other; waits take none of the participants' time. */
class ReportsTest {
    private static final Duration OLD_TTL = Duration.ofSeconds(1799);
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final Patience PATIENCE = new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1));
    private static final SagaDefinition DEFINITION = MigrateHub.definition(PATIENCE);

    @Test
    void countsWhatTheOrchestratorIsAnswerableFor() {
        ReportView report = report();

        // Then five parallel checks took 0.1 to 0.5 s, the transfer beside the final sync 0.2, seventeen others 0.1,
        // and
        // the two last looks 0.1 and 0.2
        assertThat(report.orchestrationSeconds()).isEqualTo(3.7);
        // And from closing to opening there are thirteen answers
        assertThat(report.downtimeSeconds()).isEqualTo(1.4);
        assertThat(report.stillDown()).isFalse();
    }

    @Test
    void saysWhatWasMovedAndVerified() {
        ReportView report = report();
        assertThat(report.outcome()).isEqualTo(MigrationView.State.COMPLETED);
        assertThat(report.steps()).hasSize(34).allMatch(step -> step.outcome() == Outcome.SUCCEEDED);
        assertThat(report.undos()).isEmpty();
        assertThat(report.homes().entries()).isEqualTo(7_010);
        assertThat(report.homes().filesHashed()).hasValue(6_520L);
        assertThat(report.homes().rootHash()).isPresent();
        assertThat(report.homes().passes())
                .extracting(PassReport::kind)
                .containsExactly(PassReport.Kind.SEED, PassReport.Kind.FINAL);
        assertThat(report.database().placedSha256()).contains("bb".repeat(32));
        assertThat(report.dns().before()).hasValue(Answers.zone(Answers.OLD, OLD_TTL));
        assertThat(report.dns().after()).hasValue(Answers.RESTORED);
    }

    @Test
    void saysWhatWasTakenBack() {
        ReportView report = report(failed("await-propagation"));
        assertThat(report.outcome()).isEqualTo(MigrationView.State.ROLLED_BACK);
        assertThat(outcome(report, "await-propagation")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(report, "switch-record")).isEqualTo(Outcome.UNDONE);
        assertThat(outcome(report, "seed-homes")).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.undos())
                .extracting(ReportView.Step::name)
                .containsExactly(
                        "switch-record",
                        "start-target-hub",
                        "transfer-database",
                        "stop-source-hub",
                        "close-source",
                        "lower-ttl",
                        "open-route",
                        "hold-target");
        assertThat(report.dns().after()).hasValue(Answers.RESTORED);
        assertThat(report.downtimeSeconds()).isPositive();
        assertThat(report.cause())
                .hasValueSatisfying(cause -> assertThat(cause).startsWith("await-propagation failed"));
    }

    @Test
    void saysWhichUndoFailed() {
        ReportView report = report(failed("evict-users"), undoFailed("close-source", ErrorCode.SPEC_INVALID));
        assertThat(report.outcome()).isEqualTo(MigrationView.State.PARKED);
        assertThat(outcome(report, "close-source")).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.undos()).singleElement().satisfies(undo -> {
            assertThat(undo.name()).isEqualTo("close-source");
            assertThat(undo.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(undo.failure()).isPresent();
        });
    }

    @Test
    void countsTheDowntimeOnUntilNowWhileTheOldHubCannotBeReopened() {
        // Given
        SagaState parked = state(failed("evict-users"), undoFailed("close-source", ErrorCode.SPEC_INVALID));
        Instant closed = endOfClosing(parked);

        // When
        ReportView report = Reports.of(DEFINITION, parked, closed.plusSeconds(3600));

        // Then
        assertThat(report.stillDown()).isTrue();
        assertThat(report.downtimeSeconds()).isEqualTo(3600);
    }

    @Test
    void countsFromTheRequestToCloseWhenItsAnswerWasAFailure() {
        // When
        ReportView report = report(failed("close-source"));

        // Then the closing took 0.1 s, and its undo too
        assertThat(report.downtimeSeconds()).isEqualTo(0.2);
        assertThat(report.stillDown()).isFalse();
    }

    @Test
    void countsNoDowntimeWhenTheOldHubWasNeverClosed() {
        ReportView report = report(failed("seed-homes"));
        assertThat(report.downtimeSeconds()).isZero();
        assertThat(report.stillDown()).isFalse();
    }

    @Test
    void givesForecastAndTruthOfTheFinalPass() {
        // Given two seed passes, the second of which found 240 files in twenty minutes
        Twist seeded =
                new Twist.Seeded(List.of(pass(1, 0, 1_200, 6_500, 120_000_000), pass(2, 1_200, 60, 240, 12_000_000)));

        // When the final pass takes no time
        ReportView.FinalPass pass = report(seeded).finalPass().orElseThrow();

        // Then the forecast is that of when the hub was closed, half an hour after the start
        Instant half = SagaRig.START.plus(Duration.ofMinutes(30));
        assertThat(pass.forecast().cutAt()).isBetween(half, half.plusSeconds(1));
        assertThat(pass.forecast().low().orElseThrow()).isPositive();
        assertThat(pass.took()).contains(Duration.ZERO);
        assertThat(pass.asForecast()).contains(false);
        // And after one pass of no time that is what is foretold
        assertThat(report().finalPass().orElseThrow().asForecast()).contains(true);
    }

    @Test
    void givesForecastAndTruthAlsoByOlderDefinitions() {
        SagaDefinition first = MigrateHub.older(PATIENCE).getLast();
        ReportView report = Reports.of(first, given(first).when().state(), SagaRig.START);
        assertThat(report.finalPass().orElseThrow().forecast().basis()).isEqualTo(PassForecast.Basis.WHOLE_TREE);
        assertThat(report.finalPass().orElseThrow().asForecast()).contains(true);
    }

    @Test
    void givesOnlyTheForecastWhileThereIsNoTruth() {
        assertThat(report(failed("sync-final")).finalPass()).hasValueSatisfying(pass -> {
            assertThat(pass.forecast().basis()).isEqualTo(PassForecast.Basis.WHOLE_TREE);
            assertThat(pass.took()).isEmpty();
            assertThat(pass.asForecast()).isEmpty();
        });
        assertThat(report(new Twist.Rejects("approve-downtime")).finalPass()).isEmpty();
    }

    @Test
    void namesWhatWasWrittenLateAndListsEveryPass() {
        // Given a final pass of three seconds, and one more for two entries
        PassReport pass = finalPass(2, 3);
        RepeatedPass repeat = new RepeatedPass(2, List.of("./ada", "./ada/late"), finalPass(3, 60));

        // When
        ReportView report = report(new Twist.Synced(new HomesSynced(pass, List.of(repeat))));

        // Then what was foretold is held against the first
        assertThat(report.homes().passes()).endsWith(pass, repeat.pass());
        assertThat(report.finalPass().orElseThrow().took()).contains(Duration.ofSeconds(3));
        assertThat(report.finalPass().orElseThrow().repeats()).containsExactly(repeat);
        assertThat(report().finalPass().orElseThrow().repeats()).isEmpty();
    }

    private static PassReport finalPass(int number, int seconds) {
        return new PassReport(
                number, PassReport.Kind.FINAL, SagaRig.START, SagaRig.START.plusSeconds(seconds), 7_000, 2, 90, 0);
    }

    private static PassReport pass(int number, int at, int seconds, long files, long bytes) {
        Instant start = SagaRig.START.plusSeconds(at);
        return new PassReport(number, PassReport.Kind.SEED, start, start.plusSeconds(seconds), 7_000, files, bytes, 0);
    }

    @Test
    void showsOnlyZonesThatSomebodyRead() {
        // The last to write it, or to try, is asked: what it read, or nothing
        assertThat(report(failed("check-zone")).dns())
                .isEqualTo(new ReportView.Dns(Optional.empty(), Optional.empty()));
        assertThat(report(failed("seed-homes")).dns().after()).isEmpty();
        assertThat(report(failed("switch-record"), undoFailed("switch-record", ErrorCode.SPEC_INVALID))
                        .dns()
                        .after())
                .isEmpty();
        assertThat(report(failed("await-propagation"), undoFailed("lower-ttl", ErrorCode.SPEC_INVALID))
                        .dns()
                        .after())
                .isEmpty();
        assertThat(report(failed("verify-live")).dns().after()).hasValue(Answers.zone(Answers.NEW, OLD_TTL));
    }

    @Test
    void tellsARejectedGateFromOneThatWasWithdrawn() {
        assertThat(outcome(report(new Twist.Rejects("approve-plan")), "approve-plan"))
                .isEqualTo(Outcome.REJECTED);
        assertThat(outcome(report(new Twist.AbortsAtGate("approve-plan")), "approve-plan"))
                .isEqualTo(Outcome.CANCELLED);
        assertThat(outcome(report(new Twist.Aborts("seed-homes", false)), "seed-homes"))
                .isEqualTo(Outcome.CANCELLED);
    }

    private static Outcome outcome(ReportView report, String step) {
        return report.steps().stream()
                .filter(candidate -> candidate.name().equals(step))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static ReportView report(Twist... twists) {
        return Reports.of(DEFINITION, state(twists), SagaRig.START.plus(Duration.ofDays(30)));
    }

    private static SagaState state(Twist... twists) {
        return given(DEFINITION).when(twists).state();
    }

    private static Instant endOfClosing(SagaState state) {
        return state.ledger().step("close-source").forward() instanceof Run.Succeeded closed
                ? closed.endedAt()
                : Instant.MIN;
    }
}
