package dev.hubferry.orchestrator.saga.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import dev.hubferry.orchestrator.saga.plan.Sentence.WayBack;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever adds a row to the table has to say in a sentence what it does. */
class SentencesTest {
    private static final RetryPolicy ONCE = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
    private static final SagaDefinition NEWEST =
            MigrateHub.definition(new Patience(ONCE, ONCE, ONCE, Duration.ofMinutes(1)));
    private static final SagaRig MOVED = SagaRig.given(NEWEST).when();
    private static final PlanFacts ALL =
            PlanFacts.of(Specs.withHomesOptions(), MOVED.state().ledger());
    private static final PlanFacts NOTHING = PlanFacts.of(Specs.astro(), Ledger.EMPTY);

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowSaysWhatItDoesWhetherMuchIsKnownOrNothing(String row) {
        for (PlanFacts facts : List.of(ALL, NOTHING)) {
            Sentence sentence = Sentences.of(row, facts).orElseThrow();
            assertThat(sentence.does()).endsWith(".").doesNotContain("null", "Optional", "%", "..", "  ");
            assertThat(sentence.undo()).endsWith(".").doesNotContain("null", "Optional", "%", "..", "  ");
            assertThat(sentence.users().orElse(".")).endsWith(".").doesNotContain("null", "Optional", "%", "..", "  ");
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void saysThatItIsUndoneExactlyWhereTheTableHasAnUndo(String name) {
        Step step = NEWEST.step(name).orElseThrow();
        WayBack wayBack = Sentences.of(name, ALL).orElseThrow().wayBack();
        assertThat(wayBack == WayBack.UNDONE).isEqualTo(step.undo() instanceof Node.Undo.By);
        assertThat(wayBack == WayBack.NONE).isEqualTo(NEWEST.isLate(step));
    }

    /** What changes nothing is what is only asked: checks, looks and waits. */
    @ParameterizedTest
    @MethodSource("steps")
    void saysThatNothingIsChangedOnlyOfCommandsThatLook(String name) {
        if (Sentences.of(name, ALL).orElseThrow().wayBack() == WayBack.NOTHING_TO_UNDO) {
            Class<? extends Command> command = MOVED.sent().stream()
                    .filter(sent ->
                            sent.step().name().equals(name) && sent.step().direction() == Direction.DO)
                    .map(sent -> ((Outgoing.Send) sent).command())
                    .findFirst()
                    .orElseThrow()
                    .getClass();
            assertThat(command.getSimpleName()).matches("(Check|Confirm|Await|Verify|SmokeTest).*");
        }
    }

    @Test
    void usersNoticeWhatClosesAndOpensTheHub() {
        NEWEST.steps().stream()
                .filter(step -> step.mark() != Node.Mark.NOTHING)
                .forEach(step -> assertThat(
                                Sentences.of(step.name(), ALL).orElseThrow().users())
                        .as(step.name())
                        .isPresent());
    }

    @Test
    void namesWhatTheSpecNamesAndWhatTheChecksFound() {
        assertThat(says("seed-homes"))
                .contains("60 homes with 7,000 entries and 120.0 MB", "nfs-old:/export/homes/astro")
                .contains("without .cache, work/*/scratch", "given to 1000:1000", "LOSE_ACLS");
        assertThat(says("lower-ttl")).contains("A 192.0.2.10 with a TTL of 29 min 59 s to 5 min");
        assertThat(says("old-ttl-expired")).contains("29 min 59 s");
        assertThat(says("switch-record")).contains("from A 192.0.2.10 to A 192.0.2.20", "The other 0 records");
        assertThat(says("await-propagation")).contains("5 min");
        assertThat(says("transfer-database"))
                .contains("sqlite-pvc", "200.7 kB", "61 accounts", "old/astro", "new/astro");
        assertThat(says("evict-users")).contains("2 user servers");
        assertThat(Sentences.of("open-target", ALL).orElseThrow().users())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("astro.example.org", "users have to log in again"));
    }

    private static String says(String row) {
        return Sentences.of(row, ALL).orElseThrow().does();
    }

    static List<String> rows() {
        return NEWEST.nodes().stream().flatMap(SagaDefinition::names).toList();
    }

    static List<String> steps() {
        return NEWEST.steps().stream().map(Step::name).toList();
    }
}
