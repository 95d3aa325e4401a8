package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was heard last of each step under way; forgets the migrations that were silent longest. */
public final class ProgressBoard {
    private static final int MOST_MIGRATIONS = 2_000;

    private final Map<MigrationId, Map<Line, Heard>> lines = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MigrationId, Map<Line, Heard>> eldest) {
            return size() > MOST_MIGRATIONS;
        }
    };
    private long count;

    private record Line(String step, Direction direction) {}

    /**
     * One word of progress.
     *
     * @param number grows with each word that is heard
     */
    public record Heard(long number, StepRef step, Progress progress) {}

    public synchronized void hear(MigrationId migration, StepRef step, Progress progress) {
        count++;
        lines.computeIfAbsent(migration, _ -> new LinkedHashMap<>())
                .put(new Line(step.name(), step.direction()), new Heard(count, step, progress));
    }

    public synchronized Optional<Progress> latest(MigrationId migration, String step, Direction direction) {
        return Optional.ofNullable(lines.getOrDefault(migration, Map.of()).get(new Line(step, direction)))
                .map(Heard::progress);
    }

    /** The latest word of each step that was heard after the word with a number. */
    public synchronized List<Heard> after(MigrationId migration, long number) {
        return lines.getOrDefault(migration, Map.of()).values().stream()
                .filter(heard -> heard.number() > number)
                .sorted(Comparator.comparingLong(Heard::number))
                .toList();
    }
}
