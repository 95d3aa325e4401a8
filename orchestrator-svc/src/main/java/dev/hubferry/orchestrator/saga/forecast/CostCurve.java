package dev.hubferry.orchestrator.saga.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a pass takes by how much it sends: a line from pass to pass, which never falls.
 *
 * <pre>
 *   seconds                                   ● the first pass
 *        │                        ___________╱
 *        │          ●____________╱
 *        │   ●_____╱
 *        │‥‥╱   down to nothing sent with the slope from the smallest pass to the largest: the fixed cost
 *        └─────────────────────────────────────── files, or bytes
 * </pre>
 *
 * A line from pass to pass, and not one through all, since a bulk copy costs less a file than a few changed files do.
 */
final class CostCurve {
    /** By what was sent, each amount once; durations never fall. */
    private final List<Pass> passes;

    private final double slope;

    private CostCurve(List<Pass> passes) {
        this.passes = passes;
        Pass least = passes.getFirst();
        Pass most = passes.getLast();
        this.slope = most.sent() > least.sent() ? (most.seconds() - least.seconds()) / (most.sent() - least.sent()) : 0;
    }

    /** @param weight of how many passes it is the mean */
    record Pass(double sent, double seconds, int weight) {
        Pass(double sent, double seconds) {
            this(sent, seconds, 1);
        }

        private Pass with(Pass other) {
            int both = weight + other.weight;
            return new Pass(Math.max(sent, other.sent), (seconds * weight + other.seconds * other.weight) / both, both);
        }
    }

    /** @param passes at least one, in any order */
    static CostCurve through(List<Pass> passes) {
        List<Pass> rising = new ArrayList<>();
        for (Pass pass :
                passes.stream().sorted(Comparator.comparingDouble(Pass::sent)).toList()) {
            Pass next = pass;
            // Where more was sent in less time it was chance: the mean of both is nearer the truth.
            while (!rising.isEmpty()
                    && (rising.getLast().seconds() > next.seconds()
                            || rising.getLast().sent() == next.sent())) {
                next = rising.removeLast().with(next);
            }
            rising.add(next);
        }
        return new CostCurve(rising);
    }

    /** What a pass takes that finds nothing to send. */
    double fixed() {
        Pass least = passes.getFirst();
        return Math.max(0, least.seconds() - slope * least.sent());
    }

    double secondsFor(double sent) {
        Pass before = new Pass(0, fixed());
        for (Pass pass : passes) {
            if (sent <= pass.sent()) {
                double share = pass.sent() > before.sent() ? (sent - before.sent()) / (pass.sent() - before.sent()) : 1;
                return before.seconds() + share * (pass.seconds() - before.seconds());
            }
            before = pass;
        }
        return before.seconds() + slope * (sent - before.sent());
    }
}
