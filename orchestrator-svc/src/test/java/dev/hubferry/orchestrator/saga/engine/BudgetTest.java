package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.PATIENCE;
import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationEvent.ApprovalAwaited;
import dev.hubferry.contracts.MigrationEvent.ApprovalLapsed;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.SagaEvent.GateAnswered;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No hub is closed while its final pass may take longer than its budget, unless a person has said so. In the rig the downtime is asked for
 * half an hour after the start, ten minutes after the last pass began, when the final pass may take up to two and a half minutes.
 */
class BudgetTest {
    private static final String GATE = "approve-downtime";
    private static final Duration BUDGET = Duration.ofMinutes(3);
    private static final GateAnswered YES = new GateAnswered(GATE, true, "anna", "");
    private static final GateAnswered YES_THOUGH =
            new GateAnswered(GATE, true, "anna", "", Optional.of("the dean agrees to an hour"));

    private static final Twist SEEDED =
            new Twist.Seeded(List.of(pass(1, 0, 1_200, 6_500, 120_000_000), pass(2, 1_200, 60, 240, 12_000_000)));
    private static final Twist AT_THE_GATE = new Twist.StopsAt(GATE);
    private static final Twist IN_THE_QUEUE = new Twist.StopsAt("close-source");

    @Test
    void asksWithTheForecastAndTheBudget() {
        // When
        SagaRig rig = within(Optional.empty(), Optional.empty(), SEEDED);

        // Then
        assertThat(asked(rig)).singleElement().satisfies(asked -> {
            PassForecast forecast = asked.forecast().orElseThrow();
            assertThat(forecast.cutAt()).isBetween(minutes(30), minutes(31));
            assertThat(forecast.files())
                    .hasValueSatisfying(files -> assertThat(files).isBetween(119L, 121L));
            assertThat(forecast.high().orElseThrow()).isBetween(Duration.ofMinutes(1), BUDGET);
            assertThat(asked.budget()).contains(BUDGET);
        });
        rig.thenEndsAs(Completed.class);
    }

    @Test
    void refusesAnApprovalWhenTheFinalPassMayTakeLonger() {
        // Given
        SagaRig rig = waiting();

        // When nobody comes for five hours
        rig.advance(Duration.ofHours(5));
        Decision decision = rig.decide(YES);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Refuse.class, no -> {
            assertThat(no.refusal()).isEqualTo(Refusal.OVER_BUDGET);
            assertThat(no.reason())
                    .matches("the final pass may take up to PT\\S+ \\(expected PT\\S+, at least PT\\S+\\) "
                            + "if the hub is closed at 2026\\S+, but cutover.finalPassBudget is PT3M");
        });
        assertThat(rig.state().ledger().gate(GATE)).isInstanceOf(GateState.Waiting.class);
    }

    @Test
    void closesTheHubWhenAPersonSaysThatItMayTakeLonger() {
        // Given
        SagaRig rig = waiting();
        rig.advance(Duration.ofHours(5));

        // When
        rig.decide(YES_THOUGH);

        // Then
        assertThat(rig.events())
                .contains(new MigrationEvent.ApprovalAnswered(GATE, true, "anna", "", YES_THOUGH.overBudget()));
        rig.mend().goOn().thenSent("close-source", Direction.DO, 1).thenEndsAs(Completed.class);
    }

    @Test
    void takesANoWhateverTheForecast() {
        SagaRig rig = waiting();
        rig.advance(Duration.ofHours(5));
        rig.decide(new GateAnswered(GATE, false, "anna", "not this week"));
        rig.mend().goOn().thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
    }

    @Test
    void looksAtTheBeginningOfTheWindowWhenTheDowntimeIsApproved() {
        // Given the window begins in two days
        SagaRig rig = within(Optional.of(minutes(2_880)), Optional.empty(), SEEDED, AT_THE_GATE);

        // Then
        assertThat(asked(rig).getFirst().forecast())
                .hasValueSatisfying(forecast -> assertThat(forecast.cutAt()).isEqualTo(minutes(2_880)));
        rig.thenSent("close-source", Direction.DO, 0);
    }

    @Test
    void asksAgainWhenTheTurnComesTooLate() {
        // Given
        SagaRig rig = within(Optional.empty(), Optional.empty(), SEEDED, IN_THE_QUEUE);
        assertThat(rig.state().ledger().gate(GATE)).isInstanceOf(GateState.Approved.class);

        // When
        rig.advance(Duration.ofHours(5));
        rig.grant("close-source");

        // Then nothing was closed, and the place in the queue is given up
        rig.thenSent("close-source", Direction.DO, 0);
        assertThat(rig.state().ledger().step("close-source")).isEqualTo(StepState.NOT_STARTED);
        assertThat(rig.slots()).isEmpty();
        assertThat(rig.state().ledger().gate(GATE))
                .isEqualTo(new GateState.Waiting(rig.now(), rig.now().plus(Duration.ofDays(7))));
        assertThat(rig.events().reversed()).element(1).isInstanceOfSatisfying(ApprovalLapsed.class, lapsed -> {
            assertThat(lapsed.budget()).isEqualTo(BUDGET);
            assertThat(lapsed.forecast().high().orElseThrow()).isGreaterThan(BUDGET);
        });
        assertThat(rig.events().getLast()).isInstanceOf(ApprovalAwaited.class);
    }

    @Test
    void goesOnFromWhereItAskedAgain() {
        // Given
        SagaRig rig = within(Optional.empty(), Optional.empty(), SEEDED, IN_THE_QUEUE);
        rig.advance(Duration.ofHours(5));
        rig.grant("close-source");

        // When
        assertThat(rig.decide(YES)).isInstanceOf(Decision.Refuse.class);
        assertThat(rig.decide(YES_THOUGH)).isInstanceOf(Decision.Advance.class);

        // Then it waits for its turn anew, and however late that comes
        rig.advance(Duration.ofDays(1));
        rig.mend().goOn().thenSent("close-source", Direction.DO, 1).thenEndsAs(Completed.class);
    }

    @Test
    void takesTheMigrationBackWhenNobodyAnswersAgain() {
        // Given
        SagaRig rig = within(Optional.empty(), Optional.empty(), SEEDED, IN_THE_QUEUE);
        rig.advance(Duration.ofHours(5));
        rig.grant("close-source");
        rig.mend().twist(new Twist.Forgets(GATE));

        // When, Then
        rig.goOn().thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause()).isEqualTo("nobody answered approve-downtime in time");
    }

    @Test
    void takesTheMigrationBackWhenItsWindowEndsWhileItAsksAgain() {
        // Given
        SagaRig rig = within(Optional.empty(), Optional.of(minutes(600)), SEEDED, AT_THE_GATE);
        rig.decide(YES);
        rig.advance(Duration.ofHours(5));
        rig.grant("close-source");

        rig.mend().twist(new Twist.Forgets(GATE));

        // When, Then
        rig.goOn().thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause()).contains("the window for the cutover ended");
    }

    @Test
    void asksAgainAfterAPause() {
        // Given the window begins soon, and is approved
        SagaRig rig = within(Optional.of(minutes(31)), Optional.empty(), SEEDED, AT_THE_GATE);
        rig.decide(YES);
        rig.decide(new SagaEvent.PauseAsked("olga", "a storm"));

        // When
        rig.advance(Duration.ofDays(1));
        rig.decide(new SagaEvent.ResumeAsked("olga"));

        // Then
        rig.thenSent("close-source", Direction.DO, 0);
        assertThat(rig.state().ledger().timer("cutover-window")).isInstanceOf(TimerState.Elapsed.class);
        assertThat(rig.state().ledger().gate(GATE)).isInstanceOf(GateState.Waiting.class);
    }

    @Test
    void asksNothingMoreOnceTheHubWasToBeClosed() {
        // When closing it takes several attempts
        SagaRig rig = within(
                Optional.empty(),
                Optional.empty(),
                SEEDED,
                SagaRig.failedAttempts("close-source", ErrorCode.CLUSTER_UNREACHABLE, 2));

        // Then
        assertThat(asked(rig)).hasSize(1);
        rig.thenSent("close-source", Direction.DO, 3).thenEndsAs(Completed.class);
    }

    @Test
    void holdsWhatNobodyKnowsForOverBudget() {
        // Given a seed that found most homes copied already: nobody knows what the whole tree takes, or how fast users
        // change it
        SagaRig rig = within(
                Optional.empty(), Optional.empty(), new Twist.Seeded(List.of(pass(1, 0, 20, 10, 1_000))), AT_THE_GATE);

        // When, Then
        assertThat(rig.decide(YES))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        no -> assertThat(no.reason()).startsWith("nothing tells how long the final pass takes"));
        assertThat(rig.decide(YES_THOUGH)).isInstanceOf(Decision.Advance.class);
    }

    @Test
    void takesTheWholeTreeForTheMostAfterOnePass() {
        SagaRig rig = within(
                Optional.empty(),
                Optional.empty(),
                new Twist.Seeded(List.of(pass(1, 0, 1_200, 6_500, 120_000_000))),
                AT_THE_GATE);
        assertThat(rig.decide(YES))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        no -> assertThat(no.reason())
                                .startsWith("the final pass may take up to PT20M1S if")
                                .contains("nothing is known but how long one pass over everything took"));
    }

    @Test
    void refusesToPassABudgetThatIsNotThere() {
        SagaRig rig = given(migrateHub()).when(SEEDED, AT_THE_GATE);
        assertThat(rig.decide(YES_THOUGH))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class, no -> assertThat(no.refusal()).isEqualTo(Refusal.NO_BUDGET));
        assertThat(rig.decide(YES)).isInstanceOf(Decision.Advance.class);
    }

    @Test
    void foretellsNothingByAnOlderDefinition() {
        SagaDefinition third = MigrateHub.older(PATIENCE).get(1);
        SagaRig rig = given(third).when(SEEDED);
        assertThat(third.id()).isEqualTo("migrate-hub/3");
        assertThat(asked(rig))
                .singleElement()
                .satisfies(asked -> assertThat(asked.forecast()).isEmpty());
        rig.thenEndsAs(Completed.class);
    }

    @Test
    void neverClosesAHubOverItsBudgetUnlessAPersonHasSaidSo() {
        int lapsed = 0;
        int closed = 0;
        for (int run = 0; run < 500; run++) {
            // Given
            Random chance = new Random(run);
            SagaRig rig = within(Optional.empty(), Optional.empty(), SEEDED, AT_THE_GATE);

            // When people answer, pause and resume, and turns come, now and then
            for (int turn = 0; turn < 12; turn++) {
                rig.advance(Duration.ofMinutes(chance.nextInt(15)));
                rig.decide(
                        switch (chance.nextInt(8)) {
                            case 0 -> new SagaEvent.PauseAsked("olga", "a storm");
                            case 1, 2 -> new SagaEvent.ResumeAsked("olga");
                            case 3 -> YES_THOUGH;
                            case 4, 5 -> YES;
                            default -> new SagaEvent.SlotsGranted("close-source");
                        });
            }

            // Then
            lapsed += count(rig, ApprovalLapsed.class);
            for (SagaRig.Turn turn : rig.turns()) {
                if (closes(turn.decision())) {
                    closed++;
                    SagaState state = ((Decision.Advance) turn.decision()).state();
                    boolean over = migrateHub()
                            .gate(GATE)
                            .flatMap(Node.Approval::foresight)
                            .orElseThrow()
                            .outlook(state.subject().spec(), state.ledger(), turn.at())
                            .isOverBudget();
                    assertThat(state.ledger().gate(GATE))
                            .isInstanceOfSatisfying(
                                    GateState.Approved.class,
                                    yes -> assertThat(over)
                                            .isEqualTo(over && yes.overBudget().isPresent()));
                }
            }
        }
        assertThat(lapsed).isGreaterThan(10);
        assertThat(closed).isGreaterThan(100);
    }

    private static boolean closes(Decision decision) {
        return decision instanceof Decision.Advance advance
                && advance.outgoing().stream()
                        .anyMatch(sent -> sent instanceof Outgoing.Send send
                                && send.step().name().equals("close-source")
                                && send.step().direction() == Direction.DO);
    }

    private static int count(SagaRig rig, Class<? extends MigrationEvent> type) {
        return (int) rig.events().stream().filter(type::isInstance).count();
    }

    /** A saga whose downtime waits for approval. */
    private static SagaRig waiting() {
        return within(Optional.empty(), Optional.empty(), SEEDED, AT_THE_GATE);
    }

    private static SagaRig within(Optional<Instant> start, Optional<Instant> end, Twist... twists) {
        return given(migrateHub())
                .with(new Cutover(start, end, Optional.empty(), Optional.of(BUDGET), OnTrouble.TAKE_BACK))
                .when(twists);
    }

    private static List<ApprovalAwaited> asked(SagaRig rig) {
        return rig.events().stream()
                .filter(ApprovalAwaited.class::isInstance)
                .map(ApprovalAwaited.class::cast)
                .filter(asked -> asked.gate().equals(GATE))
                .toList();
    }

    private static Instant minutes(long after) {
        return SagaRig.START.plus(Duration.ofMinutes(after));
    }

    private static PassReport pass(int number, int at, int seconds, long files, long bytes) {
        Instant start = SagaRig.START.plusSeconds(at);
        return new PassReport(number, PassReport.Kind.SEED, start, start.plusSeconds(seconds), 7_000, files, bytes, 0);
    }
}
