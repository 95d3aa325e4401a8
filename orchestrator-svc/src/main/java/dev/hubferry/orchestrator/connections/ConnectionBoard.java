package dev.hubferry.orchestrator.connections;

import dev.hubferry.contracts.ConnectionReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last report of each participant's replica. In memory, in each replica of the orchestrator: what is lost is soon said again. */
public final class ConnectionBoard {
    /** How long a replica that fell silent is remembered, so that people can be told when it was heard last. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Clock clock;
    private final Instant since;
    private final Map<String, Heard> replicas = new HashMap<>();

    public ConnectionBoard(Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** @param at when it was heard, by this orchestrator's clock */
    public record Heard(ConnectionReport report, Instant at) {}

    /** Since when it listens: before, it knows nothing. */
    public Instant since() {
        return since;
    }

    /** Keeps a report, unless one that is newer was heard of the same replica. */
    public synchronized void hear(ConnectionReport report) {
        Instant now = clock.instant();
        replicas.values().removeIf(heard -> heard.at().plus(REMEMBERED).isBefore(now));
        Heard before = replicas.get(report.replica());
        if (before == null || before.report().number() < report.number()) {
            replicas.put(report.replica(), new Heard(report, now));
        }
    }

    public synchronized List<Heard> heard() {
        return List.copyOf(replicas.values());
    }
}
