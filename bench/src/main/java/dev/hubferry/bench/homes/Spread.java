package dev.hubferry.bench.homes;

import java.util.List;
import java.util.stream.DoubleStream;

/** Several measurements of the same: the middle one, the least and the most. */
record Spread(double median, double least, double most) {
    /** @throws IllegalArgumentException when there are none */
    static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there is no median of nothing");
        }
        int upper = sorted.length / 2;
        int lower = (sorted.length - 1) / 2;
        double median = DoubleStream.of(sorted[lower], sorted[upper]).average().orElseThrow();
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
