package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that cannot be made: the step has failed, and nothing is thrown, by whatever the saga came to it. */
class CommandsTest {
    @Test
    void takesTheMigrationBackWhenARetrysCommandCannotBeMade() {
        // Given
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("open-route", Direction.DO));
        rig.fail("open-route", ErrorCode.SSH_UNREACHABLE);
        rig.advance(Duration.ofMinutes(1));

        // When
        Decision decision = Decider.decide(
                Unmakeable.in(migrateHub(), "open-route"),
                rig.state(),
                new SagaEvent.TimerFired(new TimerKey.Retry(new StepRef("open-route", Direction.DO, 2))),
                rig.now());

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Advance.class, advance -> {
            assertThat(advance.state()).isInstanceOf(SagaState.Compensating.class);
            assertThat(advance.events()).first().isInstanceOfSatisfying(MigrationEvent.StepFailed.class, failure -> {
                assertThat(failure.attempt()).isEqualTo(2);
                assertThat(failure.code()).isEqualTo(ErrorCode.UNEXPECTED);
                assertThat(failure.detail()).contains("its command cannot be made");
            });
            assertThat(advance.state().ledger().step("open-route").forward())
                    .isInstanceOfSatisfying(
                            Run.Failed.class, run -> assertThat(run.attempts()).isEqualTo(1));
        });
    }

    @Test
    void parksWhenTheCommandOfARetryThatAPersonWantsCannotBeMade() {
        SagaRig rig = given(migrateHub()).when(failed("verify-live"));
        Decision decision = Decider.decide(
                Unmakeable.in(migrateHub(), "verify-live"),
                rig.state(),
                new SagaEvent.RetryAsked("verify-live", "olga"),
                rig.now());
        assertThat(parkedBy(decision).cause()).contains("its command cannot be made");
    }

    @Test
    void parksWhenTheCommandOfAnUndoCannotBeMade() {
        SagaRig rig = given(migrateHub()).when(new Twist.Silent("seed-homes", Direction.DO));
        rig.decide(new SagaEvent.AbortAsked("olga", "enough"));
        Decision decision = Decider.decide(
                Unmakeable.undoIn(migrateHub(), "open-route"),
                rig.state(),
                new SagaEvent.Replied(
                        new StepRef("seed-homes", Direction.DO, 1),
                        Rejected.of(ErrorCode.CANCELLED, "withdrawn"),
                        Map.of()),
                rig.now());
        SagaState.Parked parked = parkedBy(decision);
        assertThat(parked.step()).isEqualTo("open-route");
        assertThat(parked.direction()).isEqualTo(Direction.UNDO);
    }

    @Test
    void parksWhenTheCommandOfAnUndosRetryCannotBeMade() {
        // Given the first attempt at the undo has failed
        SagaRig rig = given(migrateHub()).when(failed("seed-homes"), new Twist.Silent("open-route", Direction.UNDO));
        StepRef first = new StepRef("open-route", Direction.UNDO, 1);
        rig.decide(new SagaEvent.Replied(first, Rejected.of(ErrorCode.SSH_UNREACHABLE, "as scripted"), Map.of()));
        rig.advance(Duration.ofMinutes(1));

        // When
        Decision decision = Decider.decide(
                Unmakeable.undoIn(migrateHub(), "open-route"),
                rig.state(),
                new SagaEvent.TimerFired(new TimerKey.Retry(new StepRef("open-route", Direction.UNDO, 2))),
                rig.now());

        // Then
        assertThat(parkedBy(decision).step()).isEqualTo("open-route");
    }

    private static SagaState.Parked parkedBy(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Advance.class);
        SagaState state = ((Decision.Advance) decision).state();
        assertThat(state).isInstanceOf(SagaState.Parked.class);
        return (SagaState.Parked) state;
    }
}
