package dev.hubferry.orchestrator.page.view;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.Reports;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the page shows, without a server and a browser. */
class PagesTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final Patience PATIENCE = new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1));
    private static final SagaDefinition DEFINITION = MigrateHub.definition(PATIENCE);
    private static final Viewer BOSS = viewer("boss", Role.OPERATOR, Role.APPROVER);
    private static final PassReport SEEDED_IN_A_MINUTE = new PassReport(
            1,
            PassReport.Kind.SEED,
            SagaRig.START,
            SagaRig.START.plus(Duration.ofMinutes(1)),
            7_000,
            6_500,
            120_000_000,
            0);
    private static final Instant LATER = SagaRig.START.plus(Duration.ofHours(2));

    @Test
    void showsEveryRowWithWhatItDoes() {
        // When
        MigrationPage page =
                page(given(DEFINITION).when(new Twist.StopsAt("approve-plan")).state(), BOSS);

        // Then
        assertThat(page.phases())
                .extracting(Ladder.Phase::name)
                .containsExactly("prepare", "seed", "cutover", "soak", "clean-up");
        assertThat(page.phases().stream().flatMap(phase -> phase.rows().stream()))
                .hasSize(34)
                .allSatisfy(row -> assertThat(row.does()).isNotBlank().doesNotContain("this plan"));
        assertThat(row(page, "check-source").run().badge().word()).isEqualTo("succeeded");
        assertThat(row(page, "check-source").does()).startsWith("Looks at the hub old/astro (release ");
        assertThat(row(page, "open-target").untouched()).isTrue();
    }

    @Test
    void saysBeforeAGateWhatWasFoundAndWhatWillBeDone() {
        // When
        MigrationPage page = page(
                given(DEFINITION).when(new Twist.StopsAt("approve-downtime")).state(), BOSS);

        // Then
        Gate gate = page.gates().getFirst();
        assertThat(gate.found()).extracting(Found.Line::row).contains("check-homes", "seed-homes", "lower-ttl");
        assertThat(gate.next().getFirst().row()).isEqualTo("cutover-window");
        assertThat(gate.next().getLast().row()).isEqualTo("soak");
        assertThat(gate.next().stream().filter(Gate.Next::pivot))
                .extracting(Gate.Next::row)
                .containsExactly("open-target");
        assertThat(gate.notices()).isNotEmpty();
        assertThat(gate.outlook().orElseThrow().forecast()).isNotBlank();
        assertThat(form(gate.forms(), "approve-approve-downtime").confirm())
                .hasValueSatisfying(text -> assertThat(text).contains("open-target"));
        assertThat(form(gate.forms(), "reject-approve-downtime").confirm()).isEmpty();
    }

    @Test
    void asksForNoConfirmationWhereAWayBackIsLeft() {
        MigrationPage page =
                page(given(DEFINITION).when(new Twist.StopsAt("approve-plan")).state(), BOSS);
        assertThat(form(page.gates().getFirst().forms(), "approve-approve-plan").confirm())
                .isEmpty();
    }

    @Test
    void wantsAReasonAboveTheBudget() {
        // Given nothing is known but one pass, and the budget is a second
        MigrationSpec.Cutover budget = new MigrationSpec.Cutover(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(1)),
                MigrationSpec.OnTrouble.TAKE_BACK);
        SagaState state = new SagaRig.Given(DEFINITION, Specs.with(Specs.astro(), budget))
                .when(new Twist.Seeded(List.of(SEEDED_IN_A_MINUTE)), new Twist.StopsAt("approve-downtime"))
                .state();

        // When
        Gate gate = page(state, BOSS).gates().getFirst();

        // Then
        assertThat(gate.outlook().orElseThrow().over()).isTrue();
        assertThat(gate.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("cutover.finalPassBudget"));
        assertThat(form(gate.forms(), "approve-approve-downtime").fields())
                .filteredOn(field -> field.name().equals("overBudget"))
                .allMatch(Form.Field::required)
                .hasSize(1);
    }

    @Test
    void givesNoFormsToThoseWhoMayNot() {
        SagaState state =
                given(DEFINITION).when(new Twist.StopsAt("approve-plan")).state();

        // Then
        MigrationPage looking = page(state, viewer("vera", Role.VIEWER));
        assertThat(looking.verbs()).isEmpty();
        assertThat(looking.gates().getFirst().forms()).isEmpty();
        assertThat(looking.gates().getFirst().hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("approver"));
        assertThat(page(state, viewer("anna", Role.APPROVER)).verbs()).isEmpty();
        assertThat(page(state, viewer("olga", Role.OPERATOR)).gates().getFirst().forms())
                .isEmpty();
        assertThat(page(state, viewer("olga", Role.OPERATOR)).verbs())
                .extracting(Form::id)
                .containsExactly("pause", "abort", "priority");
    }

    @Test
    void letsNobodyApproveWhatHeRequestedWhenFourEyesAreWanted() {
        // Given
        MigrationSpec spec = Specs.with(Specs.astro(), new MigrationSpec.Approvals(Duration.ofDays(7), true));
        SagaState state = new SagaRig.Given(DEFINITION, spec)
                .when(new Twist.StopsAt("approve-plan"))
                .state();

        // When
        Gate gate = page(state, viewer("op", Role.APPROVER)).gates().getFirst();

        // Then
        assertThat(gate.forms()).extracting(Form::id).containsExactly("reject-approve-plan");
        assertThat(gate.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("somebody else"));
        assertThat(page(state, BOSS).gates().getFirst().forms()).hasSize(2);
    }

    @Test
    void saysTheWayOutOfWhatIsParked() {
        // Given
        SagaState state = given(DEFINITION)
                .when(failed("seed-homes", ErrorCode.TARGET_FULL))
                .state();

        // When
        Row row = row(page(state, BOSS), "seed-homes");

        // Then
        assertThat(row.run().trouble().orElseThrow().code()).isEqualTo("TARGET_FULL");
        assertThat(row.advice().orElseThrow().wayOut()).isEqualTo("put it right and retry, or abort");
        assertThat(row.forms()).extracting(Form::id).containsExactly("retry-seed-homes");
        assertThat(row(page(state, viewer("vera", Role.VIEWER)), "seed-homes").forms())
                .isEmpty();
        assertThat(page(state, BOSS).verbs()).extracting(Form::id).contains("abort");
    }

    @Test
    void showsTheUndoBesideEachRowOnTheWayBack() {
        // Given the last undo but two fails
        SagaState state = given(DEFINITION)
                .when(failed("verify-homes"), undoFailed("close-source", ErrorCode.PERMISSION_MISSING))
                .state();

        // When
        MigrationPage page = page(state, BOSS);

        // Then
        assertThat(row(page, "stop-source-hub")
                        .undo()
                        .orElseThrow()
                        .run()
                        .badge()
                        .word())
                .isEqualTo("succeeded");
        Row stuck = row(page, "close-source");
        assertThat(stuck.undo().orElseThrow().run().badge().word()).isEqualTo("failed");
        assertThat(stuck.advice().orElseThrow().byHand()).hasValue("re-create proxy-public");
        assertThat(stuck.forms()).extracting(Form::id).containsExactly("retry-close-source", "skip-close-source");
        Row.Undo waits = row(page, "hold-target").undo().orElseThrow();
        assertThat(waits.run().badge().word()).isEqualTo("not started");
        assertThat(waits.does()).isNotBlank();
        assertThat(row(page, "check-source").undo()).isEmpty();
        assertThat(page.verbs()).isEmpty();
    }

    @Test
    void tellsTheDowntimeFromItsBeginningToItsEnd() {
        // Given
        Downtime before = page(
                        given(DEFINITION)
                                .when(new Twist.StopsAt("approve-downtime"))
                                .state(),
                        BOSS)
                .downtime();
        Downtime after = page(given(DEFINITION).when().state(), BOSS).downtime();
        Downtime during = page(
                        given(DEFINITION)
                                .when(new Twist.Silent("verify-homes", Direction.DO))
                                .state(),
                        BOSS)
                .downtime();

        // Then
        assertThat(before.since()).isEmpty();
        assertThat(before.outlook()).isPresent();
        assertThat(during.isRunning()).isTrue();
        assertThat(after.isRunning()).isFalse();
        assertThat(after.length()).isEqualTo("1 s 400 ms");
    }

    @Test
    void keepsTheRefusalAndWhatWasTypedAtItsForm() {
        // Given
        SagaState state =
                given(DEFINITION).when(new Twist.StopsAt("approve-plan")).state();
        Viewer.Refused refused = new Viewer.Refused("pause", "not now", Map.of("reason", "the network"));
        Viewer refusedBoss = new Viewer("boss", BOSS.roles(), () -> "k", Optional.of(refused));

        // Then
        Form pause = form(page(state, refusedBoss).verbs(), "pause");
        assertThat(pause.refused()).hasValue("not now");
        assertThat(pause.fields().getFirst().value()).isEqualTo("the network");
        assertThat(page(state, refusedBoss).refused()).isEmpty();

        // And when the form is gone it is said at the top
        SagaState moved = given(DEFINITION).when().state();
        assertThat(page(moved, refusedBoss).refused()).hasValue("not now");
    }

    @Test
    void saysOfProgressOnlyWhatIsKnown() {
        assertThat(Bar.of("seed-homes", Direction.DO, 1, Optional.of(new Progress("seed pass 1", 5_000, 0, 7, 0))))
                .satisfies(bar -> assertThat(bar.percent()).isEmpty())
                .satisfies(bar -> assertThat(bar.text()).isEqualTo("seed pass 1: 5.0 kB, 7 entries"));
        Progress full = new Progress(
                "seed pass 1",
                60_000_000,
                120_000_000,
                10,
                7_000,
                Optional.of(42),
                Optional.of(3_000_000L),
                Optional.of(Duration.ofMillis(20_500)),
                Optional.of(new Progress.Homes(60, 3, List.of(new Progress.Home("ada", 1, 4, 0, 0)))));
        Bar bar = Bar.of("seed-homes", Direction.DO, 1, Optional.of(full));
        assertThat(bar.percent()).hasValue(42);
        assertThat(bar.text())
                .isEqualTo("seed pass 1: 42 % – 60.0 MB of 120.0 MB, 10 of 7,000 entries – 3.0 MB/s – about 20 s left");
        assertThat(bar.homes().orElseThrow().text()).isEqualTo("3 of 60 homes done; 56 more are not listed");
        assertThat(bar.homes().orElseThrow().open().getFirst().percent()).hasValue(25);
    }

    private static MigrationPage page(SagaState state, Viewer viewer) {
        return Pages.of(
                new Pages.Shown(
                        DEFINITION,
                        state,
                        7,
                        Views.migration(DEFINITION, state, LATER, Optional.empty()),
                        Views.steps(DEFINITION, state, (_, _) -> Optional.empty(), Optional.empty()),
                        Views.approvals(DEFINITION, state, LATER),
                        Reports.of(DEFINITION, state, LATER).finalPass(),
                        LATER),
                viewer);
    }

    private static Row row(MigrationPage page, String name) {
        return page.phases().stream()
                .flatMap(phase -> phase.rows().stream())
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Form form(List<Form> forms, String id) {
        return forms.stream().filter(form -> form.id().equals(id)).findFirst().orElseThrow();
    }

    private static Viewer viewer(String name, String... roles) {
        return new Viewer(name, Set.of(roles), () -> "key", Optional.empty());
    }
}
