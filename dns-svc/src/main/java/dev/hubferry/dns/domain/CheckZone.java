package dev.hubferry.dns.domain;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges, without changing anything, whether a name's record can be moved. */
public final class CheckZone {

    /**
     * @param current the name's record
     * @param zone the whole zone
     */
    public record Checked(ZoneRecord current, Zone zone, List<Notice> notices) {
        public Checked {
            notices = List.copyOf(notices);
        }
    }

    private final ZoneGuard guard;
    private final Propagation propagation;

    CheckZone(ZoneGuard guard, Propagation propagation) {
        this.guard = guard;
        this.propagation = propagation;
    }

    /**
     * The record and its zone, or everything that stands in the way, name servers that do not serve the record included.
     *
     * @param expected where the record must lead; empty when that is not known yet
     */
    public Outcome<Checked> execute(DomainName name, Optional<IngressAddress> expected) throws InterruptedException {
        ZoneJudge judge = guard.judge();
        if (!name.isWithin(guard.domain())) {
            return Outcome.refused(ZoneGuard.outside(name, guard.domain()));
        }
        DnsProvider.Reading reading = guard.read();
        List<Problem> problems = new ArrayList<>(judge.problems(reading, name));
        if (!problems.isEmpty()) {
            return new Outcome.Refused<>(problems);
        }
        ZoneRecord current = judge.current(reading.zone(), name);
        expected.filter(address -> !current.leadsTo(address))
                .ifPresent(address -> problems.add(SwitchRecord.elsewhere(name, current, address)));
        problems.addAll(
                propagation.differences(new Propagation.Expected(name, current, Propagation.Ttl.ANY, List.of())));
        return problems.isEmpty()
                ? Outcome.done(new Checked(current, reading.zone(), judge.notices(reading, name)))
                : new Outcome.Refused<>(problems);
    }
}
