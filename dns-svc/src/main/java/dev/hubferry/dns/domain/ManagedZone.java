package dev.hubferry.dns.domain;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * A zone connection, ready for use, with everything that can be done to its records.
 *
 * <p>Each use case can be executed again from its start after a crash at any point: the zone, as read, and the journal decide what is
 * left to do.
 */
public final class ManagedZone {

    /**
     * How name servers are waited for.
     *
     * @param interval between two rounds of questions
     * @param limit when to give up
     * @param serviceHosts hosts, relative to the zone, at which service records are looked for before and after a write
     */
    public record Servers(NameServers nameServers, Duration interval, Duration limit, Set<String> serviceHosts) {
        public Servers {
            serviceHosts = Set.copyOf(serviceHosts);
        }
    }

    private final DomainName domain;
    private final CheckZone checkZone;
    private final LowerTtl lowerTtl;
    private final RestoreTtl restoreTtl;
    private final SwitchRecord switchRecord;
    private final AwaitPropagation awaitPropagation;

    public ManagedZone(
            DomainName domain,
            DnsProvider provider,
            ZoneTurns turns,
            Servers servers,
            ZoneRules rules,
            Clock clock,
            Pause pause) {
        ZoneGuard guard = new ZoneGuard(domain, provider, turns, rules, clock, pause);
        Propagation propagation = new Propagation(
                domain,
                servers.nameServers(),
                servers.serviceHosts(),
                new Propagation.Patience(servers.interval(), servers.limit()),
                clock,
                pause);
        this.domain = domain;
        this.checkZone = new CheckZone(guard, propagation);
        this.lowerTtl = new LowerTtl(guard, propagation, clock);
        this.restoreTtl = new RestoreTtl(guard);
        this.switchRecord = new SwitchRecord(guard, propagation);
        this.awaitPropagation = new AwaitPropagation(domain, propagation, clock, pause);
    }

    public DomainName domain() {
        return domain;
    }

    public CheckZone checkZone() {
        return checkZone;
    }

    public LowerTtl lowerTtl() {
        return lowerTtl;
    }

    public RestoreTtl restoreTtl() {
        return restoreTtl;
    }

    public SwitchRecord switchRecord() {
        return switchRecord;
    }

    public AwaitPropagation awaitPropagation() {
        return awaitPropagation;
    }
}
