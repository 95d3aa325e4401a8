package dev.hubferry.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Gauges whose values are asked for now and then. A value that was not renewed for a while is not said any more: NaN, which no comparison of
 * an alert holds for, is better than a number of yesterday.
 */
public final class Figures {
    private final MeterRegistry registry;
    private final long keptNanos;
    private final LongSupplier nanoTime;
    private final List<Figure> all = new ArrayList<>();

    /** @param kept for how long a value is said after it was set */
    public Figures(MeterRegistry registry, Duration kept, LongSupplier nanoTime) {
        this.registry = registry;
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
    }

    /** One value, unknown until it is set. */
    public final class Figure {
        private volatile Known known = new Known(Double.NaN, 0);

        private Figure() {}

        public void set(double value) {
            known = new Known(value, nanoTime.getAsLong());
        }

        private double value() {
            Known now = known;
            return nanoTime.getAsLong() - now.at() > keptNanos ? Double.NaN : now.value();
        }
    }

    private record Known(double value, long at) {}

    /**
     * A new gauge.
     *
     * @param name with dots, such as {@code hubferry.inbox.pending}
     * @param tags names and values in turn
     */
    public Figure figure(String name, String description, String... tags) {
        Figure figure = new Figure();
        Gauge.builder(name, figure, Figure::value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        all.add(figure);
        return figure;
    }

    /** Nothing is known any more. */
    void forget() {
        all.forEach(figure -> figure.set(Double.NaN));
    }
}
