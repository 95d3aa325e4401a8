package dev.hubferry.orchestrator.saga.forecast;

import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassForecast.Basis;
import dev.hubferry.contracts.PassReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How long the final pass would take if the cut began at a given time: a function of what the seed passes reported.
 *
 * <pre>
 *   pass 1 ██████████████████████
 *   pass 2                       ███████      found what changed from the start of pass 1 to its own ┐
 *   pass 3                              ██    found what changed from the start of pass 2 to its own ┴▶ rate of change
 *   the cut                                        ?     rate × (cut − start of pass 3), at most the whole tree
 *                                                        ──▶ seconds, as passes took that sent so much
 * </pre>
 *
 * It is reckoned twice, by files and by bytes: where the two disagree nobody knows which of them costs, and the interval takes in both.
 * Figures that make no sense, as from a clock that went back, are left out.
 */
public final class Forecast {
    /** storage-svc counts a pass's copying in whole seconds. */
    private static final double RESOLUTION = 1;

    private static final double LONGEST = Duration.ofDays(366).toSeconds();

    private final List<PassReport> passes;
    private final List<Step> steps;
    private final Tree tree;
    private final Optional<PassReport> full;

    private Forecast(List<PassReport> reports, Tree tree) {
        this.passes = reports.stream().filter(Forecast::isSane).toList();
        this.steps = steps(reports);
        this.tree = tree;
        this.full = passes.stream().filter(this::isFull).findFirst();
    }

    /** All homes, as they were found before the first pass. */
    public record Tree(long entries, long bytes) {}

    /** @param passes in the order in which they ran */
    public static Forecast of(List<PassReport> passes, Tree tree) {
        return new Forecast(passes, tree);
    }

    public PassForecast ifCutAt(Instant cut) {
        if (passes.isEmpty()) {
            return PassForecast.unknown(cut);
        }
        if (steps.isEmpty()) {
            return full.map(pass -> PassForecast.wholeTree(cut, roundedUp(longest() + RESOLUTION)))
                    .orElseGet(() -> PassForecast.unknown(cut));
        }
        double elapsed = Math.max(0, seconds(passes.getLast().startedAt(), cut));
        Measure files = new Measure(PassReport::filesSent, 1, tree.entries());
        Measure bytes = new Measure(PassReport::bytesSent, bytesPerFile(), tree.bytes());
        return forecast(cut, files.after(elapsed), bytes.after(elapsed));
    }

    private PassForecast forecast(Instant cut, Reckoned files, Reckoned bytes) {
        double stretch = Stretch.of(passes.size());
        double expected = (files.seconds().expected() + bytes.seconds().expected()) / 2;
        double low = Math.min(files.seconds().low(), bytes.seconds().low()) / stretch - RESOLUTION;
        double high = Math.max(files.seconds().high(), bytes.seconds().high()) * stretch + RESOLUTION;
        Range all = Range.around(expected, low, high)
                .atMost(full.isPresent() ? longest() + RESOLUTION : LONGEST)
                .atMost(LONGEST);
        return new PassForecast(
                cut,
                Basis.CHANGE_RATE,
                Optional.of(Duration.ofSeconds((long) all.low())),
                Optional.of(Duration.ofSeconds(Math.round(all.expected()))),
                Optional.of(roundedUp(all.high())),
                Optional.of(Math.round(files.changed().expected())),
                Optional.of(Math.round(bytes.changed().expected())));
    }

    /** A pass that was not the first, or found homes that were there already, says nothing of how long the whole tree takes. */
    private boolean isFull(PassReport pass) {
        return pass.number() == 1
                && (2 * (double) pass.filesSent() >= pass.entries() || 2 * (double) pass.bytesSent() >= tree.bytes());
    }

    private double longest() {
        return passes.stream().mapToDouble(Forecast::took).max().orElseThrow();
    }

    private static boolean isSane(PassReport pass) {
        return !pass.endedAt().isBefore(pass.startedAt());
    }

    /** Of two passes, one right after the other. */
    private static List<Step> steps(List<PassReport> reports) {
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < reports.size(); i++) {
            PassReport before = reports.get(i - 1);
            PassReport after = reports.get(i);
            double between = seconds(before.startedAt(), after.startedAt());
            if (isSane(before) && isSane(after) && between > 0) {
                steps.add(new Step(between, after));
            }
        }
        return steps;
    }

    /** @param found what had changed in that time */
    private record Step(double seconds, PassReport found) {}

    private double bytesPerFile() {
        double files =
                steps.stream().mapToDouble(step -> step.found().filesSent()).sum();
        double bytes =
                steps.stream().mapToDouble(step -> step.found().bytesSent()).sum();
        return files == 0 ? 0 : bytes / files;
    }

    private static double took(PassReport pass) {
        return seconds(pass.startedAt(), pass.endedAt());
    }

    private static double seconds(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.getSeconds() + between.getNano() / 1e9;
    }

    private static Duration roundedUp(double seconds) {
        return Duration.ofSeconds((long) Math.ceil(seconds));
    }

    /** What has changed, and what a pass takes that sends it. */
    private record Reckoned(Range changed, Range seconds) {}

    /** Files or bytes. */
    private final class Measure {
        private final ChangeRate rate;
        private final CostCurve cost;
        private final double limit;

        /** @param whole how much there is of it, when no pass has copied it all */
        private Measure(ToLongFunction<PassReport> sent, double unit, long whole) {
            this.rate = new ChangeRate(
                    steps.stream()
                            .map(step -> new ChangeRate.Span(step.seconds(), sent.applyAsLong(step.found())))
                            .toList(),
                    unit);
            this.cost = CostCurve.through(passes.stream()
                    .map(pass -> new CostCurve.Pass(sent.applyAsLong(pass), took(pass)))
                    .toList());
            double most = passes.stream().mapToLong(sent).max().orElseThrow();
            this.limit = full.isPresent() ? most : Math.max(most, whole);
        }

        private Reckoned after(double elapsed) {
            Range changed = rate.after(elapsed).atMost(limit);
            return new Reckoned(
                    changed,
                    Range.around(
                            cost.secondsFor(changed.expected()),
                            cost.secondsFor(changed.low()),
                            cost.secondsFor(changed.high())));
        }
    }
}
