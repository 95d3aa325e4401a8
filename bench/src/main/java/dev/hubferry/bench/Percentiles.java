package dev.hubferry.bench;

import java.util.Arrays;

/** What of many times took the middle one, and what the one that only one of a hundred exceeds, in milliseconds. */
record Percentiles(double p50, double p99, double most) {
    static final Percentiles NONE = new Percentiles(0, 0, 0);

    static Percentiles of(double[] millis) {
        if (millis.length == 0) {
            return NONE;
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
