package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import java.util.List;
import java.util.Optional;

/**
 * A part of what happened, in order.
 *
 * @param previous what {@code after} is for the page before, if there is one
 * @param next the same for the page behind
 */
public record HistoryPage(List<Line> lines, Optional<Long> previous, Optional<Long> next) {
    /** How many events a page has. */
    public static final int SIZE = 100;

    /** @param type as on the wire */
    public record Line(long sequence, Moment at, String text, String type, boolean important) {}

    /** @param events one more than a page has when there are more behind it */
    public static HistoryPage of(long after, List<NumberedEvent> events) {
        List<Line> lines = events.stream()
                .limit(SIZE)
                .map(event -> new Line(
                        event.sequence(),
                        new Moment(event.at()),
                        EventWords.of(event.event()),
                        WireTypes.nameOf(event.event().getClass()),
                        EventWords.isImportant(event.event())))
                .toList();
        return new HistoryPage(
                lines,
                after > 0 ? Optional.of(Math.max(0, after - SIZE)) : Optional.empty(),
                events.size() > SIZE ? Optional.of(lines.getLast().sequence()) : Optional.empty());
    }
}
