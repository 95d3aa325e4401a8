package dev.hubferry.orchestrator.metrics;

import dev.hubferry.messaging.Figures;
import dev.hubferry.messaging.Figures.Figure;
import dev.hubferry.messaging.Sampled;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.orchestrator.saga.queue.SlotQueue.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Who waits for what there is little of, now: all pools of a kind together. */
final class QueueFigures implements Sampled {
    private final Supplier<SlotQueue> queue;
    private final Clock clock;
    private final Figures figures;
    private final Map<Kind, OfKind> kinds = new EnumMap<>(Kind.class);

    private record OfKind(Figure slots, Figure used, Figure waiting, Figure longest) {}

    QueueFigures(Supplier<SlotQueue> queue, Clock clock, Figures figures) {
        this.queue = queue;
        this.clock = clock;
        this.figures = figures;
        for (Kind kind : Kind.values()) {
            String[] label = {"kind", kind.wireName()};
            kinds.put(
                    kind,
                    new OfKind(
                            figures.figure("hubferry.queue.slots", "Slots that there are, by hubferry.limits", label),
                            figures.figure("hubferry.queue.slots.used", "Slots that migrations have now", label),
                            figures.figure("hubferry.queue.waiting", "Steps that wait for a slot now", label),
                            figures.figure(
                                    "hubferry.queue.longest.seconds",
                                    "For how long the step waits that waits longest for a slot now; 0 when none does",
                                    label)));
        }
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public void ask() {
        SlotQueue now = queue.get();
        Instant at = clock.instant();
        kinds.forEach((kind, figure) -> {
            List<Pool> pools = now.pools().stream()
                    .filter(pool -> pool.slot().kind() == kind)
                    .toList();
            List<Place> waiting = pools.stream()
                    .flatMap(pool -> pool.waiting().stream())
                    .distinct()
                    .toList();
            figure.slots().set(pools.stream().mapToInt(Pool::limit).sum());
            figure.used()
                    .set(pools.stream().mapToInt(pool -> pool.held().size()).sum());
            figure.waiting().set(waiting.size());
            figure.longest()
                    .set(waiting.stream()
                            .mapToDouble(
                                    place -> Duration.between(place.since(), at).toMillis() / 1000.0)
                            .max()
                            .orElse(0));
        });
    }
}
