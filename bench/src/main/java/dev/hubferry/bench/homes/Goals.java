package dev.hubferry.bench.homes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the engine is to reach, and what it has reached in a run. */
final class Goals {
    /** The goal of a hardly changed tree is stated for one of 344,000 entries. */
    private static final long MANY_ENTRIES = 300_000;

    private final HomesResults results;

    private Goals(HomesResults results) {
        this.results = results;
    }

    /**
     * A goal that the link and the tree of a run are meant for.
     *
     * @param text of the goal
     * @param measured how many times, as the text says it; none when a method is missing
     * @param reached whether the goal is reached by what was measured
     */
    record Goal(String text, Optional<Double> measured, boolean reached) {
        String line() {
            String found = measured.map(times ->
                            String.format(Locale.ROOT, "%s, %.2f ×", reached ? "reached" : "NOT reached", times))
                    .orElse("not measured");
            return text + ": " + found;
        }
    }

    static List<Goal> of(HomesResults results) {
        return new Goals(results).all();
    }

    private List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        HomesPlan plan = results.plan();
        switch (plan.link()) {
            case LOOPBACK -> goals.add(fullCopy());
            case CAPPED -> goals.add(faster(Case.FULL_COPY, 3.5));
            case WAN20 -> {
                if (plan.tree().name().equals("L")) {
                    goals.add(faster(Case.NOTHING_CHANGED, 6));
                }
                goals.add(faster(Case.ONE_PERCENT, 3.5));
                if (results.size().entries() >= MANY_ENTRIES) {
                    goals.add(faster(Case.TENTH_PERCENT, 8));
                }
            }
            case WAN80 -> goals.add(faster(Case.ONE_PERCENT, 5));
        }
        return goals;
    }

    /** A peer that leaves a difference is no measure. */
    private Goal fullCopy() {
        Optional<Spread> ours = results.seconds(Method.OURS, Case.FULL_COPY);
        Optional<Double> best = results.plan().methods().stream()
                .filter(method -> method != Method.OURS && results.differences(method, Case.FULL_COPY) == 0)
                .flatMap(method -> results.seconds(method, Case.FULL_COPY).stream())
                .map(Spread::median)
                .min(Comparator.naturalOrder());
        Optional<Double> measured = ours.flatMap(own -> best.map(other -> own.median() / other));
        return new Goal(
                "full copy in at most 1.05 × the time of the best peer that is equal",
                measured,
                measured.filter(times -> times <= 1.05).isPresent());
    }

    private Goal faster(Case what, double times) {
        Optional<Double> measured = results.ratio(Method.RSYNC, what);
        return new Goal(
                String.format(Locale.ROOT, "%s at least %s × as fast as one rsync", what.title(), times),
                measured,
                measured.filter(found -> found >= times).isPresent());
    }
}
