package dev.hubferry.orchestrator.page.view;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWordsTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

    @Test
    void tellsTheWholeStory() {
        List<MigrationEvent> events = given(
                        MigrateHub.definition(new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1))))
                .when(failed("verify-homes"))
                .turns()
                .stream()
                .map(SagaRig.Turn::decision)
                .filter(Decision.Advance.class::isInstance)
                .flatMap(decision -> ((Decision.Advance) decision).events().stream())
                .toList();
        assertThat(events.stream().map(EventWords::of))
                .contains(
                        "op requested the migration, by migrate-hub/5",
                        "seed-homes began",
                        "the undo of close-source succeeded")
                .anySatisfy(text -> assertThat(text).startsWith("gate approve-plan waits for an approver, until 20"))
                .anySatisfy(text -> assertThat(text).startsWith("verify-homes failed with SOURCE_CHANGED: "));
        assertThat(events.stream().filter(EventWords::isImportant).map(EventWords::of))
                .noneMatch(text -> text.endsWith(" began") || text.endsWith(" succeeded"))
                .anySatisfy(text -> assertThat(text).startsWith("the migration is rolled back: "));
        assertThat(StreamWords.of(new NumberedEvent(9, SagaRig.START, events.getLast()))
                        .ends())
                .isTrue();
        assertThat(StreamWords.of(new NumberedEvent(1, SagaRig.START, events.getFirst())))
                .isEqualTo(new StreamWords(1, java.util.Optional.empty(), false));
    }
}
