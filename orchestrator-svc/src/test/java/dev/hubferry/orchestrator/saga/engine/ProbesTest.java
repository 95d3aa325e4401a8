package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.PATIENCE;
import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.UNDO_RETRIES;
import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.CommandStatus.Stage;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of commands that are not answered. */
class ProbesTest {
    private static final StepRef SEED = new StepRef("seed-homes", Direction.DO, 1);

    @ParameterizedTest
    @MethodSource("allSteps")
    void sendsAStepAgainWhoseCommandWasLost(String step) {
        // When
        SagaRig rig = given(migrateHub()).when(new Twist.Lost(step, Direction.DO, 1));

        // Then the lost one is withdrawn, should it come to life after all
        rig.thenSent(step, Direction.DO, 2).thenEndsAs(Completed.class);
        assertThat(rig.sent())
                .anySatisfy(outgoing -> assertThat(outgoing)
                        .isInstanceOfSatisfying(
                                Outgoing.Withdraw.class,
                                withdraw -> assertThat(withdraw.cancel().command())
                                        .isEqualTo(MessageId.ofCommand(
                                                SagaRig.MIGRATION, new StepRef(step, Direction.DO, 1)))));
    }

    @ParameterizedTest
    @MethodSource("allSteps")
    void sendsAStepAgainWhoseAnswerCannotBeRead(String step) {
        given(migrateHub())
                .when(new Twist.Mute(step, Direction.DO, 1))
                .thenSent(step, Direction.DO, 2)
                .thenEndsAs(Completed.class);
    }

    @ParameterizedTest
    @MethodSource("stepsWithUndo")
    void sendsAnUndoAgainThatWasLost(String step) {
        given(migrateHub())
                .when(failed("await-propagation"), new Twist.Lost(step, Direction.UNDO, 1))
                .thenSent(step, Direction.UNDO, 2)
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void goesBackWhenAWithdrawnCommandWasLost() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("evict-users", Direction.DO));
        rig.decide(new SagaEvent.AbortAsked("op", "enough"));

        // When
        rig.decide(new SagaEvent.StatusTold(new StepRef("evict-users", Direction.DO, 1), Stage.UNKNOWN));

        // Then
        rig.mend().goOn().thenEndsAs(RolledBack.class);
    }

    @Test
    void waitsForAsLongAsTheParticipantWorks() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));

        // When
        for (int minutes = 0; minutes < 600; minutes++) {
            rig.advance(PATIENCE.probeAfter());
            rig.decide(new SagaEvent.TimerFired(new TimerKey.Unanswered(SEED)));
            rig.decide(new SagaEvent.StatusTold(SEED, Stage.RUNNING));
        }

        // Then the public heard of the silence of the first minutes only
        rig.thenSent("seed-homes", Direction.DO, 1);
        assertThat(unanswered(rig)).hasSize(1);
        rig.answer("seed-homes");
        rig.mend().goOn().thenEndsAs(Completed.class);
    }

    @Test
    void saysThatASilentParticipantSpeaksAgain() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));

        // When
        rig.decide(new SagaEvent.StatusTold(SEED, Stage.RUNNING));
        rig.decide(new SagaEvent.StatusTold(SEED, Stage.RUNNING));

        // Then
        assertThat(rig.events().stream().filter(MigrationEvent.StepHeardOf.class::isInstance))
                .hasSize(1);
    }

    @Test
    void withdrawsACommandAgainThatGoesOnAlthoughItWasWithdrawn() {
        // Given the withdrawal was lost
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("evict-users", Direction.DO));
        rig.decide(new SagaEvent.AbortAsked("op", "enough"));
        long before = withdrawals(rig);

        // When
        rig.decide(new SagaEvent.StatusTold(new StepRef("evict-users", Direction.DO, 1), Stage.RUNNING));

        // Then
        assertThat(withdrawals(rig)).isEqualTo(before + 1);
    }

    private static long withdrawals(SagaRig rig) {
        return rig.sent().stream().filter(Outgoing.Withdraw.class::isInstance).count();
    }

    @Test
    void saysOnceThatAParticipantIsSilentAndGoesOnAsking() {
        // When
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));

        // Then
        assertThat(rig.probes(SEED)).isEqualTo(SagaRig.PROBES_OF_SILENT);
        assertThat(unanswered(rig)).hasSize(1);
        rig.thenSent("seed-homes", Direction.DO, 1).thenEndsAs(SagaState.Running.class);
    }

    @Test
    void givesUpALostUndoInTheEndAndParks() {
        // Given every attempt is lost
        SagaRig rig = given(migrateHub())
                .when(Stream.concat(
                                Stream.of(failed("evict-users")),
                                Stream.iterate(1, attempt -> attempt + 1)
                                        .limit(UNDO_RETRIES.attempts())
                                        .map(attempt -> new Twist.Lost("close-source", Direction.UNDO, attempt)))
                        .toArray(Twist[]::new));

        // Then
        rig.thenParksAt("close-source", Direction.UNDO);
        assertThat(((SagaState.Parked) rig.state()).cause()).contains(ErrorCode.MESSAGE_LOST.name());
    }

    @Test
    void asksNobodyAboutWhatIsAnswered() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("lower-ttl", Direction.DO));
        assertThat(rig.decide(new SagaEvent.TimerFired(new TimerKey.Unanswered(SEED))))
                .isInstanceOf(Decision.Ignore.class);
        assertThat(rig.decide(new SagaEvent.StatusTold(SEED, Stage.UNKNOWN))).isInstanceOf(Decision.Ignore.class);
        assertThat(rig.decide(new SagaEvent.StatusTold(SEED, Stage.RUNNING))).isInstanceOf(Decision.Ignore.class);
    }

    private static List<MigrationEvent> unanswered(SagaRig rig) {
        return rig.events().stream()
                .filter(MigrationEvent.StepUnanswered.class::isInstance)
                .toList();
    }

    static Stream<String> allSteps() {
        return migrateHub().steps().stream().map(Node.Step::name);
    }

    static Stream<String> stepsWithUndo() {
        return MigrateHubTest.stepsWithUndo();
    }
}
