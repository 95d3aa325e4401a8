package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the hub may be down, and for how long. */
class CutoverTest {
    private static final Instant START = SagaRig.START.plus(Duration.ofDays(2));
    private static final Instant END = START.plus(Duration.ofHours(2));
    private static final Cutover AT_NIGHT =
            new Cutover(Optional.of(START), Optional.of(END), Optional.empty(), OnTrouble.TAKE_BACK);
    private static final Cutover AT_MOST_AN_HOUR =
            new Cutover(Optional.empty(), Optional.empty(), Optional.of(Duration.ofHours(1)), OnTrouble.TAKE_BACK);

    @Test
    void closesTheHubInItsWindow() {
        // When
        SagaRig rig = given(migrateHub()).with(AT_NIGHT).when(new Twist.Silent("close-source", Direction.DO));

        // Then
        TimerState.Elapsed window = (TimerState.Elapsed) rig.state().ledger().timer("cutover-window");
        assertThat(window.at()).isBetween(START, END);
        rig.thenSent("close-source", Direction.DO, 1);
    }

    @Test
    void tellsTheFinalPassWhatToDoAboutLateWrites() {
        Cutover again = new Cutover(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OnTrouble.TAKE_BACK,
                OnLateWrites.COPY_AGAIN);
        assertThat(onLateWrites(given(migrateHub()).with(again).when())).isEqualTo(OnLateWrites.COPY_AGAIN);
        assertThat(onLateWrites(given(migrateHub()).when())).isEqualTo(OnLateWrites.TAKE_BACK);
    }

    private static OnLateWrites onLateWrites(SagaRig rig) {
        StorageCommand.SyncFinal sync = (StorageCommand.SyncFinal)
                rig.sends("sync-final", Direction.DO).getFirst().command();
        return sync.onLateWrites();
    }

    @Test
    void takesTheMigrationBackWhenTheSourceIsNeverQuiet() {
        given(migrateHub())
                .when(failed("sync-final", ErrorCode.SOURCE_CHANGED))
                .thenSent("sync-final", Direction.DO, 1)
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void takesTheMigrationBackWhenItsWindowWasMissed() {
        // Given
        SagaRig rig = given(migrateHub()).with(AT_NIGHT).when(new Twist.Silent("seed-homes", Direction.DO));

        // When seeding takes longer than thought
        rig.advance(Duration.ofDays(3));
        rig.answer("seed-homes");
        rig.goOn();

        // Then
        rig.thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
    }

    @Test
    void takesTheMigrationBackWhenItsWindowEndsWhileAGateWaits() {
        // When nobody approves the downtime
        SagaRig rig = given(migrateHub()).with(AT_NIGHT).when(new Twist.Forgets("approve-downtime"));

        // Then that is over with the window, not only when the gate expires
        rig.thenEndsAs(RolledBack.class);
        assertThat(rig.now()).isEqualTo(END.plusMillis(rig.now().getNano() / 1_000_000));
        assertThat(((RolledBack) rig.state()).cause()).contains("the window for the cutover ended");
    }

    @Test
    void goesOnWithoutTheWindowOnceUsersAreOnTheTarget() {
        SagaRig rig = given(migrateHub()).with(AT_NIGHT).when(new Twist.Silent("verify-live", Direction.DO));
        rig.advance(Duration.ofDays(3));
        assertThat(rig.decide(new SagaEvent.TimerFired(new TimerKey.CutoverOver())))
                .isInstanceOf(Decision.Ignore.class);
        rig.answer("verify-live");
        rig.mend().goOn().thenEndsAs(Completed.class);
    }

    @Test
    void looksAtTheWindowAgainWhenAPauseEnds() {
        // Given the migration is paused while it waits for its window
        SagaRig rig = given(migrateHub()).with(AT_NIGHT).when(new Twist.Silent("lower-ttl", Direction.DO));
        rig.decide(new SagaEvent.PauseAsked("olga", "a storm"));
        rig.answer("lower-ttl");
        rig.decide(new SagaEvent.ResumeAsked("olga"));
        rig.advance(Duration.ofHours(1));
        rig.decide(new SagaEvent.TimerFired(new TimerKey.WaitOver("old-ttl-expired")));
        rig.decide(new SagaEvent.GateAnswered("approve-downtime", true, "anna", ""));
        rig.decide(new SagaEvent.PauseAsked("olga", "the storm again"));

        // When
        rig.advance(Duration.ofDays(3));
        rig.decide(new SagaEvent.TimerFired(new TimerKey.WaitOver("cutover-window")));
        rig.thenSent("close-source", Direction.DO, 0);
        rig.decide(new SagaEvent.ResumeAsked("olga"));

        // Then
        rig.goOn().thenSent("close-source", Direction.DO, 0).thenEndsAs(RolledBack.class);
    }

    @Test
    void givesUsersTheirHubBackWhenItWasDownForLongEnough() {
        // When the final copy does not end
        SagaRig rig = given(migrateHub()).with(AT_MOST_AN_HOUR).when(new Twist.Silent("sync-final", Direction.DO));

        // Then
        rig.thenEndsAs(SagaState.Compensating.class);
        assertThat(rig.state().ledger().step("sync-final").forward()).isInstanceOf(Run.Cancelling.class);
        rig.fail("sync-final", ErrorCode.CANCELLED);
        rig.mend().goOn().thenEndsAs(RolledBack.class);
        assertThat(((RolledBack) rig.state()).cause()).contains("as long as the spec allows");
    }

    @Test
    void takesAParkedMigrationBackWhenTheHubWasDownForLongEnough() {
        given(migrateHub())
                .with(new Cutover(Optional.empty(), Optional.empty(), Optional.of(Duration.ofHours(1)), OnTrouble.PARK))
                .when(SagaRig.failed("evict-users", ErrorCode.PODS_NOT_GONE))
                .thenCutoverOver()
                .thenEndsAs(RolledBack.class);
    }

    @Test
    void goesOnlyForwardWhenUsersMayBeOnTheTarget() {
        SagaRig rig = given(migrateHub()).with(AT_MOST_AN_HOUR).when(new Twist.Silent("open-target", Direction.DO));
        rig.advance(Duration.ofHours(2));
        assertThat(rig.decide(new SagaEvent.TimerFired(new TimerKey.CutoverOver())))
                .isInstanceOf(Decision.Ignore.class);
        rig.answer("open-target");
        rig.mend().goOn().thenEndsAs(Completed.class);
    }
}
