package dev.hubferry.orchestrator.saga.forecast;

/** What a figure is thought to be: at least, likely, at most; none is negative. */
record Range(double low, double expected, double high) {
    Range {
        if (!(0 <= low && low <= expected && expected <= high)) {
            throw new IllegalArgumentException("a range must be 0 <= low <= expected <= high, but was %s, %s and %s"
                    .formatted(low, expected, high));
        }
    }

    /** Around what is likely, whatever rounding has done to the ends. */
    static Range around(double expected, double low, double high) {
        double likely = Math.max(0, expected);
        return new Range(Math.clamp(low, 0, likely), likely, Math.max(high, likely));
    }

    Range atMost(double limit) {
        return new Range(Math.min(low, limit), Math.min(expected, limit), Math.min(high, limit));
    }
}
