package dev.hubferry.orchestrator.page.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import java.util.Optional;

/**
 * An event as the page's script needs it: it asks the server for what it shows, and is told here when to, and what to say aloud.
 *
 * @param say what whoever cannot see should hear
 * @param ends whether nothing comes after it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StreamWords(long sequence, Optional<String> say, boolean ends) {
    public static StreamWords of(NumberedEvent event) {
        MigrationEvent what = event.event();
        return new StreamWords(
                event.sequence(),
                EventWords.isImportant(what) ? Optional.of(EventWords.of(what)) : Optional.empty(),
                what instanceof MigrationEvent.MigrationCompleted
                        || what instanceof MigrationEvent.MigrationRolledBack);
    }
}
