package dev.hubferry.dns.domain;

import dev.hubferry.contracts.IngressAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Waits until every name server leads users to the new hub and caches have forgotten the old one. */
public final class AwaitPropagation {

    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final DomainName domain;
    private final Propagation propagation;
    private final Clock clock;
    private final Pause pause;

    AwaitPropagation(DomainName domain, Propagation propagation, Clock clock, Pause pause) {
        this.domain = domain;
        this.propagation = propagation;
        this.clock = clock;
        this.pause = pause;
    }

    /** The servers, all of which lead to {@code expected} since at least {@code oldTtl}, or which of them answers what instead. */
    public Outcome<List<NameServers.Server>> execute(
            DomainName name, IngressAddress expected, Duration oldTtl, ZoneWork work) throws InterruptedException {
        if (!name.isWithin(domain)) {
            return Outcome.refused(ZoneGuard.outside(name, domain));
        }
        ZoneRecord record = ZoneRecord.leadingTo(expected, name.hostIn(domain), 1);
        List<ServiceRecord> services = work.journal()
                .find(ChangeJournal.Change.SWITCHED_RECORD, name)
                .map(ChangeJournal.Entry::services)
                .orElse(List.of());
        Outcome<List<NameServers.Server>> outcome =
                propagation.await(new Propagation.Expected(name, record, Propagation.Ttl.ANY, services), work);
        if (outcome instanceof Outcome.Done<?>) {
            waitOut(work.journal().propagated(name, clock.instant()).plus(oldTtl), work);
        }
        return outcome;
    }

    private void waitOut(Instant end, ZoneWork work) throws InterruptedException {
        while (true) {
            Duration left = Duration.between(clock.instant(), end);
            if (!left.isPositive()) {
                return;
            }
            work.ensureHeld();
            pause.pause(left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP);
        }
    }
}
