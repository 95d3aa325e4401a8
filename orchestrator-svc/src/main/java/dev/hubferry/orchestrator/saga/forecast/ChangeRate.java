package dev.hubferry.orchestrator.saga.forecast;

import java.util.List;

/**
 * How fast users change something, by what each pass found changed since the one before it.
 *
 * <p>A span says how fast it went for as long as it lasted. Beyond that it goes on at the mean, so that a few busy seconds are not taken for
 * a busy day. The slowest and the fastest span make the range; it is stretched, the more the less was seen and the further ahead one looks,
 * since nobody has seen tomorrow.
 *
 * @param spans at least one
 * @param unit in what changes come: 1 for files, the mean size of a changed file for bytes
 */
record ChangeRate(List<Span> spans, double unit) {
    /** Two standard deviations of what comes by chance. */
    private static final double BY_CHANCE = 2;

    ChangeRate {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("a rate needs at least one span");
        }
    }

    /**
     * What changed from the start of one pass to the start of the next.
     *
     * @param seconds more than 0
     */
    record Span(double seconds, double changed) {
        Span {
            if (!(seconds > 0) || changed < 0) {
                throw new IllegalArgumentException(
                        "a span must be longer than 0 and its changes not negative, but were %s and %s"
                                .formatted(seconds, changed));
            }
        }

        private double after(double elapsed, double mean) {
            double inside = Math.min(elapsed, seconds);
            return changed / seconds * inside + mean * (elapsed - inside);
        }
    }

    double perSecond() {
        return spans.stream().mapToDouble(Span::changed).sum() / observed();
    }

    /** What has changed when so many seconds have passed; each end grows with them. */
    Range after(double elapsed) {
        double mean = perSecond();
        double stretch = Stretch.of(spansOfEqualLength()) + elapsed / (elapsed + observed());
        double slowest = spans.stream()
                        .mapToDouble(span -> span.after(elapsed, mean))
                        .min()
                        .orElseThrow()
                / stretch;
        double fastest = spans.stream()
                        .mapToDouble(span -> span.after(elapsed, mean))
                        .max()
                        .orElseThrow()
                * stretch;
        double fewer = slowest - BY_CHANCE * Math.sqrt(slowest * unit);
        double more = fastest + BY_CHANCE * Math.sqrt(fastest * unit) + unit;
        return Range.around(mean * elapsed, fewer, more);
    }

    /** A long span and ten short ones tell of a day little more than the long one alone. */
    private double spansOfEqualLength() {
        double squares = spans.stream()
                .mapToDouble(span -> span.seconds() * span.seconds())
                .sum();
        return observed() * observed() / squares;
    }

    private double observed() {
        return spans.stream().mapToDouble(Span::seconds).sum();
    }
}
