package dev.hubferry.orchestrator.metrics;

import dev.hubferry.messaging.Figures;
import dev.hubferry.messaging.Figures.Figure;
import dev.hubferry.messaging.Sampled;
import dev.hubferry.orchestrator.api.view.Outage;
import dev.hubferry.orchestrator.saga.Census;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How many migrations are where, and which hubs are down, now. */
final class MigrationFigures implements Sampled {
    private final Census census;
    private final Clock clock;
    private final Figures figures;
    private final Map<String, Figure> byStatus = new HashMap<>();
    private final Map<String, Figure> gates = new HashMap<>();
    private final Figure down;
    private final Figure longest;
    private final Figure overLimit;
    private final Figure silent;

    /** @param gateNames of every definition */
    MigrationFigures(Census census, Set<String> gateNames, Clock clock, Figures figures) {
        this.census = census;
        this.clock = clock;
        this.figures = figures;
        for (String status : List.of("RUNNING", "COMPENSATING", "PARKED")) {
            byStatus.put(
                    status,
                    figures.figure(
                            "hubferry.migrations",
                            "Migrations that have not ended now, by state",
                            "state",
                            status.toLowerCase(Locale.ROOT)));
        }
        for (String gate : gateNames) {
            gates.put(gate, figures.figure("hubferry.gates.waiting", "Gates that wait for a person now", "gate", gate));
        }
        down = figures.figure("hubferry.hubs.down", "Hubs that are down now because they move, or are taken back");
        longest = figures.figure(
                "hubferry.hubs.down.longest.seconds",
                "For how long the hub is down that is down longest now; 0 when none is");
        overLimit = figures.figure(
                "hubferry.hubs.down.over.limit",
                "Hubs that are down for longer now than cutover.maxDowntime of their spec");
        silent = figures.figure(
                "hubferry.steps.unanswered",
                "Steps now whose participant does not answer, not even when it is asked what became of the command");
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public void ask() {
        Census.Count count = census.take();
        byStatus.forEach((status, figure) -> figure.set(count.byStatus().getOrDefault(status, 0L)));
        gates.forEach((gate, figure) -> figure.set(count.gates().getOrDefault(gate, 0L)));
        silent.set(count.silent());
        Instant now = clock.instant();
        List<Downtime> downtimes = count.closed().stream()
                .filter(state -> Outage.of(state.ledger()) instanceof Outage.GoingOn)
                .map(state -> new Downtime(state, Outage.of(state.ledger()).length(now)))
                .toList();
        down.set(downtimes.size());
        longest.set(downtimes.stream().mapToDouble(Downtime::seconds).max().orElse(0));
        overLimit.set(downtimes.stream().filter(Downtime::isOverLimit).count());
    }

    private record Downtime(SagaState state, Duration length) {
        double seconds() {
            return length.toMillis() / 1000.0;
        }

        boolean isOverLimit() {
            return state.subject()
                    .spec()
                    .cutover()
                    .maxDowntime()
                    .filter(limit -> length.compareTo(limit) > 0)
                    .isPresent();
        }
    }
}
