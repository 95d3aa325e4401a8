package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptBeforeDnsTest {
    private static final List<String> AFTER = List.of("switch-record", "await-propagation", "open-target");

    static Stream<SagaDefinition> definitions() {
        return Stream.concat(
                Stream.of(MigrateHub.definition(MigrateHubTest.PATIENCE)),
                MigrateHub.older(MigrateHubTest.PATIENCE).stream());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void switchesNoRecordWhenHomesCannotBeVerified(SagaDefinition definition) {
        // When
        SagaRig rig = given(definition).when(failed("verify-homes"));
        // Then
        assertThat(sent(rig)).contains("verify-homes").doesNotContainAnyElementsOf(AFTER);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void switchesNoRecordWhenTheReceiptComesAfterTheMigrationWasAborted(SagaDefinition definition) {
        // When
        SagaRig rig = given(definition).when(new Twist.Aborts("verify-homes", true));
        // Then
        assertThat(sent(rig)).contains("verify-homes").doesNotContainAnyElementsOf(AFTER);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void takesNothingButAReceiptForVerifiedHomes(SagaDefinition definition) {
        // When
        List<String> names = definition.steps().stream().map(Step::name).toList();
        Step verify = definition.step("verify-homes").orElseThrow();
        // Then
        assertThat(verify.answer()).isEqualTo(HomesVerified.class);
        assertThat(verify.skippable()).isFalse();
        assertThat(names.indexOf("verify-homes")).isPositive();
        for (String later : AFTER) {
            assertThat(names.indexOf(later)).as(later).isGreaterThan(names.indexOf("verify-homes"));
        }
    }

    private static List<String> sent(SagaRig rig) {
        return rig.sent().stream().map(outgoing -> outgoing.step().name()).toList();
    }
}
