package dev.hubferry.orchestrator.saga.engine;

import static dev.hubferry.orchestrator.saga.engine.MigrateHubTest.migrateHub;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.orchestrator.script.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of homes reach every command that reads, copies or compares homes; without any, commands are what they always were. */
class HomesOptionsTest {
    private static final int CHECK_SEED_SYNC_VERIFY_AND_TWO_LOOKS = 6;

    @Test
    void goAlongWithWhateverDependsOnThem() {
        // Given
        MigrationSpec spec = Specs.withHomesOptions();
        // When
        List<StorageCommand> commands = commands(spec);
        // Then
        assertThat(commands.stream()
                        .filter(command -> !(command instanceof StorageCommand.OpenRoute)
                                && !(command instanceof StorageCommand.CloseRoute)))
                .hasSize(CHECK_SEED_SYNC_VERIFY_AND_TWO_LOOKS)
                .allSatisfy(command ->
                        assertThat(command.options()).isEqualTo(spec.homes().options()));
        assertThat(spec.homes().options()).isPresent();
    }

    @Test
    void areLeftOutWhenThereAreNone() {
        assertThat(commands(Specs.astro()))
                .allSatisfy(command -> assertThat(command.options()).isEmpty());
    }

    private static List<StorageCommand> commands(MigrationSpec spec) {
        return new SagaRig.Given(migrateHub(), spec)
                .when().turns().stream()
                        .map(SagaRig.Turn::decision)
                        .filter(Decision.Advance.class::isInstance)
                        .map(Decision.Advance.class::cast)
                        .flatMap(advance -> advance.outgoing().stream())
                        .filter(Outgoing.Send.class::isInstance)
                        .map(Outgoing.Send.class::cast)
                        .map(Outgoing.Send::command)
                        .filter(StorageCommand.class::isInstance)
                        .map(StorageCommand.class::cast)
                        .toList();
    }
}
