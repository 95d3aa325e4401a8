package dev.hubferry.dns.domain;

import dev.hubferry.contracts.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A provider that keeps its zone in memory and does to a write what the test wants. */
final class FakeDnsProvider implements DnsProvider {

    private final Crashes crashes;
    private final Deque<Function<Zone, Written>> writes = new ArrayDeque<>();
    private final Deque<Runnable> beforeReads = new ArrayDeque<>();
    private Zone zone;
    private Runnable waiting = () -> {};
    private boolean served = true;
    private Set<String> dynamicHosts = Set.of();
    private int reads;
    private int replacements;

    FakeDnsProvider(Zone zone, Crashes crashes) {
        this.zone = zone;
        this.crashes = crashes;
    }

    @Override
    public Reading read(DomainName domain) {
        crashes.step("read");
        reads++;
        Runnable interlude = beforeReads.poll();
        if (interlude != null) {
            interlude.run();
        }
        List<ZoneRecord> shuffled = new ArrayList<>(zone.records());
        Collections.reverse(shuffled);
        return new Reading(new Zone(zone.domain(), zone.mail(), shuffled), served, dynamicHosts);
    }

    @Override
    public Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException {
        waiting.run();
        Optional<Problem> refusal = gate.refusal();
        if (refusal.isPresent()) {
            return new Written.NotSent(refusal.get());
        }
        crashes.step("before the write");
        replacements++;
        Function<Zone, Written> write = writes.poll();
        Written written = write == null ? accept(wanted) : write.apply(wanted);
        crashes.step("after the write");
        return written;
    }

    Written accept(Zone wanted) {
        zone = wanted;
        return new Written.Accepted();
    }

    Zone zone() {
        return zone;
    }

    int reads() {
        return reads;
    }

    int replacements() {
        return replacements;
    }

    void edit(UnaryOperator<Zone> change) {
        zone = change.apply(zone);
    }

    void nextWrite(Function<Zone, Written> write) {
        writes.add(write);
    }

    /** Happens while a write waits for a call to be free. */
    void whileWaiting(Runnable interlude) {
        waiting = interlude;
    }

    /** Runs before the next read that has none yet. */
    void beforeRead(Runnable interlude) {
        beforeReads.add(interlude);
    }

    void served(boolean replacement) {
        served = replacement;
    }

    void dynamicHosts(Set<String> replacement) {
        dynamicHosts = replacement;
    }
}
