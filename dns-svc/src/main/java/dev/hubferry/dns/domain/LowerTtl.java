package dev.hubferry.dns.domain;

import dev.hubferry.contracts.IngressAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lowers the time to live of a name's record and waits until every name server says so: only then do caches begin to forget sooner. */
public final class LowerTtl {

    private static final ChangeJournal.Change CHANGE = ChangeJournal.Change.LOWERED_TTL;

    /**
     * @param oldTtl what it was before this migration; caches may keep the record that long after {@code at}
     * @param at when all name servers were seen with {@code newTtl}
     */
    public record Lowered(Duration oldTtl, Duration newTtl, Instant at) {}

    private final ZoneGuard guard;
    private final Propagation propagation;
    private final Clock clock;

    LowerTtl(ZoneGuard guard, Propagation propagation, Clock clock) {
        this.guard = guard;
        this.propagation = propagation;
        this.clock = clock;
    }

    /** Lowers to {@code ttl}; a record that is there already, or lower, is left alone. Refuses one that does not lead to {@code expected}. */
    public Outcome<Lowered> execute(DomainName name, IngressAddress expected, Duration ttl, ZoneWork work)
            throws InterruptedException {
        List<ServiceRecord> services = propagation.services();
        ZoneEdit edit = (zone, current) -> decide(name, expected, ttl, zone, current, services, work);
        return switch (guard.change(name, edit, work)) {
            case Outcome.Refused<ZoneGuard.Change>(var problems) -> new Outcome.Refused<>(problems);
            case Outcome.Done<ZoneGuard.Change>(ZoneGuard.Change change) -> confirm(name, change.after(), work);
        };
    }

    private static ZoneEdit.Decision decide(
            DomainName name,
            IngressAddress expected,
            Duration ttl,
            Zone zone,
            ZoneRecord current,
            List<ServiceRecord> services,
            ZoneWork work) {
        if (!current.leadsTo(expected)) {
            return new ZoneEdit.Decision.Refuse(SwitchRecord.elsewhere(name, current, expected));
        }
        if (current.ttlSeconds() <= ttl.toSeconds()) {
            return new ZoneEdit.Decision.LeaveAsIs();
        }
        ZoneRecord next = current.withTtl(ttl.toSeconds());
        ChangeJournal.Entry entry = new ChangeJournal.Entry(current, next, zone, services);
        return new ZoneEdit.Decision.Replace(next, () -> work.journal().record(CHANGE, name, entry));
    }

    private Outcome<Lowered> confirm(DomainName name, Zone zone, ZoneWork work) throws InterruptedException {
        ZoneRecord now = guard.judge().current(zone, name);
        Optional<ChangeJournal.Entry> entry = work.journal().find(CHANGE, name);
        List<ServiceRecord> services = entry.map(ChangeJournal.Entry::services).orElse(List.of());
        Propagation.Expected expected = new Propagation.Expected(name, now, Propagation.Ttl.EXACT, services);
        long oldTtl = entry.map(ChangeJournal.Entry::before).orElse(now).ttlSeconds();
        return propagation
                .await(expected, work)
                .map(_ ->
                        new Lowered(Duration.ofSeconds(oldTtl), Duration.ofSeconds(now.ttlSeconds()), clock.instant()));
    }
}
