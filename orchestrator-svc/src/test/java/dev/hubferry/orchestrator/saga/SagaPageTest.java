package dev.hubferry.orchestrator.saga;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.script.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SagaPageTest {
    private static final Path PAGE = Path.of("../docs/sagas/migrate-hub.md");

    @Test
    void thePageSaysWhatTheDefinitionSays() throws IOException {
        // Given
        RetryPolicy once = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
        SagaDefinition definition = MigrateHub.definition(new Patience(once, once, once, Duration.ofMinutes(1)));
        Map<String, Command> commands = new HashMap<>();
        for (Outgoing outgoing : given(definition).when().sent()) {
            if (outgoing instanceof Outgoing.Send send && send.step().direction() == Direction.DO) {
                commands.put(send.step().name(), send.command());
            }
        }

        // When
        String text = new SagaPage(definition, Specs.astro(), commands).text();
        if (Boolean.getBoolean("hubferry.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, text);
        }

        // Then
        assertThat(Files.readString(PAGE)).isEqualTo(text);
    }
}
