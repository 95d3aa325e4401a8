package dev.hubferry.fakes.namecheap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All zones with their past versions, so that a name server can serve one that the API has already replaced. */
final class ZoneStore {

    /** A state of a zone since {@code at}; {@code serial} grows with each change. */
    record Version(Instant at, int serial, FakeZone zone) {}

    private static final Duration KEPT = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, List<Version>> versions = new LinkedHashMap<>();
    private int changes;

    ZoneStore(Clock clock) {
        this.clock = clock;
    }

    /** Puts a zone in place as if it had always been so: name servers serve it at once. */
    synchronized void seed(FakeZone zone) {
        List<Version> only = new ArrayList<>();
        only.add(new Version(Instant.EPOCH, 1, zone));
        versions.put(zone.domain(), only);
    }

    /** Changes a zone now; name servers follow after their lag. */
    synchronized void update(String domain, UnaryOperator<FakeZone> change) {
        List<Version> history = versions.get(domain);
        if (history == null) {
            throw new IllegalArgumentException("no zone " + domain);
        }
        Version last = history.getLast();
        Instant now = clock.instant();
        FakeZone changed = change.apply(last.zone());
        if (!changed.equals(last.zone())) {
            changes++;
        }
        history.add(new Version(now, last.serial() + 1, changed));
        prune(history, now);
    }

    /** How many updates of any zone left it other than it was. */
    synchronized int changes() {
        return changes;
    }

    synchronized Optional<FakeZone> current(String domain) {
        List<Version> history = versions.get(domain);
        return history == null
                ? Optional.empty()
                : Optional.of(history.getLast().zone());
    }

    synchronized List<FakeZone> all() {
        return versions.values().stream()
                .map(history -> history.getLast().zone())
                .toList();
    }

    /** The version that a server which is {@code lag} late serves of the zone that holds {@code name}. */
    synchronized Optional<Version> asServed(String name, Duration lag) {
        return versions.keySet().stream()
                .filter(domain -> name.equals(domain) || name.endsWith("." + domain))
                .max(Comparator.comparingInt(String::length))
                .map(domain -> asOf(
                        versions.getOrDefault(domain, List.of()),
                        clock.instant().minus(lag)));
    }

    private static Version asOf(List<Version> history, Instant at) {
        return history.stream()
                .filter(version -> !version.at().isAfter(at))
                .reduce((_, later) -> later)
                .orElse(history.getFirst());
    }

    private static void prune(List<Version> history, Instant now) {
        while (history.size() > 1 && history.get(1).at().isBefore(now.minus(KEPT))) {
            history.removeFirst();
        }
    }
}
