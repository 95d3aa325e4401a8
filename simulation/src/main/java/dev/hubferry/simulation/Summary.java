package dev.hubferry.simulation;

import dev.hubferry.simulation.Outcome.Ending;
import dev.hubferry.simulation.chance.Coverage;
import dev.hubferry.simulation.check.Invariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of many schedules. */
public final class Summary {
    private static final long ENOUGH_FOR_ALL_FAULTS = 50_000;

    private final Settings settings;
    private final Coverage coverage;
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private final List<Failure> failures = new ArrayList<>();
    private long schedules;
    private long events;
    private long refusals;

    /** A schedule in which an invariant did not hold. */
    public record Failure(Settings settings, long index, Invariant invariant, String message) {
        /** The one line that replays it. */
        public String line() {
            return "%s in schedule %d; replay: ./hubferry simulate --replay %d:%d%s"
                    .formatted(message, index, settings.seed(), index, settings.options());
        }
    }

    Summary(Settings settings, Coverage coverage) {
        this.settings = settings;
        this.coverage = coverage;
    }

    void add(long index, Outcome outcome) {
        schedules++;
        switch (outcome) {
            case Outcome.Sound sound -> {
                endings.merge(sound.ending(), 1L, Long::sum);
                events += sound.events();
                refusals += sound.refusals();
            }
            case Outcome.Broken broken ->
                failures.add(new Failure(settings, index, broken.invariant(), broken.message()));
        }
    }

    synchronized void add(Summary other) {
        schedules += other.schedules;
        events += other.events;
        refusals += other.refusals;
        other.endings.forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        failures.addAll(other.failures);
        failures.sort(Comparator.comparingLong(Failure::index));
        coverage.add(other.coverage);
    }

    public Coverage coverage() {
        return coverage;
    }

    public List<Failure> failures() {
        return failures;
    }

    public long schedules() {
        return schedules;
    }

    public Map<Ending, Long> endings() {
        return endings;
    }

    /** Faults that can occur and were not met; few schedules cannot meet all, so of them none is asked for. */
    public List<String> neverMet() {
        return schedules < ENOUGH_FOR_ALL_FAULTS ? List.of() : coverage.missing();
    }

    /** How often the outside refused a run that had been taken over. */
    public long refusals() {
        return refusals;
    }

    /** One sentence of figures. */
    public String text() {
        return ("%d schedules: %s; %d events, %d faults in %d cells of the table, the rarest %d times;"
                        + " %d stale runs refused by the outside")
                .formatted(schedules, endings, events, coverage.faults(), coverage.cells(), coverage.least(), refusals);
    }
}
