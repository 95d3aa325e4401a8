package dev.hubferry.bench;

import java.util.Arrays;

/** What many times are on average, the middle one, the one that one of a hundred exceeds, and the longest, in milliseconds. */
record Percentiles(double mean, double p50, double p99, double most) {
    static final Percentiles NONE = new Percentiles(0, 0, 0, 0);

    static Percentiles of(double[] millis) {
        if (millis.length == 0) {
            return NONE;
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Percentiles(
                Arrays.stream(sorted).average().orElse(0),
                at(sorted, 0.50),
                at(sorted, 0.99),
                sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
