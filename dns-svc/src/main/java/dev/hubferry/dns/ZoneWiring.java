package dev.hubferry.dns;

import dev.hubferry.dns.adapter.dnsjava.DnsjavaNameServers;
import dev.hubferry.dns.adapter.dnsjava.Endpoint;
import dev.hubferry.dns.adapter.dnsjava.NameServerSource;
import dev.hubferry.dns.adapter.logging.LoggedDnsProvider;
import dev.hubferry.dns.adapter.metrics.MeteredCallBudget;
import dev.hubferry.dns.adapter.metrics.MeteredDnsProvider;
import dev.hubferry.dns.adapter.namecheap.NamecheapAccount;
import dev.hubferry.dns.adapter.namecheap.NamecheapApi;
import dev.hubferry.dns.adapter.namecheap.NamecheapDnsProvider;
import dev.hubferry.dns.adapter.tracing.TracedDnsProvider;
import dev.hubferry.dns.adapter.tracing.TracedNameServers;
import dev.hubferry.dns.config.DnsConfig;
import dev.hubferry.dns.config.NamecheapConfig;
import dev.hubferry.dns.config.ZoneConfig;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.ManagedZone;
import dev.hubferry.dns.domain.ManagedZones;
import dev.hubferry.dns.domain.NameServers;
import dev.hubferry.dns.domain.Pause;
import dev.hubferry.dns.domain.ZoneChecks;
import dev.hubferry.dns.domain.ZoneRules;
import dev.hubferry.dns.domain.ZoneTurns;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the zone connections together as they are configured. */
final class ZoneWiring implements AutoCloseable {

    /** Makes the budget of an account. */
    @FunctionalInterface
    interface CallBudgets {
        CallBudget of(String apiUser, CallBudget.Limits limits);
    }

    private final DnsConfig config;
    private final CallBudgets callBudgets;
    private final ZoneTurns turns;
    private final Clock clock;
    private final Pause pause;
    private final MeterRegistry registry;
    private final Traces traces;
    /** By API user: zones of one account share its limits. */
    private final Map<String, CallBudget.Limits> limits = new HashMap<>();

    private final List<NamecheapApi> apis = new ArrayList<>();

    ZoneWiring(
            DnsConfig config,
            CallBudgets callBudgets,
            ZoneTurns turns,
            Clock clock,
            Pause pause,
            MeterRegistry registry,
            Traces traces) {
        this.config = config;
        this.callBudgets = callBudgets;
        this.turns = turns;
        this.clock = clock;
        this.pause = pause;
        this.registry = registry;
        this.traces = traces;
    }

    /** @throws IllegalArgumentException when a connection cannot work, saying which and why */
    ManagedZones zones() {
        Map<String, ManagedZone> zones = new HashMap<>();
        Map<DomainName, String> connections = new HashMap<>();
        config.zones().forEach((connection, zone) -> {
            ManagedZone managed = named(connection, zone);
            String other = connections.putIfAbsent(managed.domain(), connection);
            if (other != null) {
                throw new IllegalArgumentException(
                        "the zone connections '" + other + "' and '" + connection + "' are for the same zone, "
                                + managed.domain() + ", and could overwrite each other's changes");
            }
            zones.put(connection, managed);
        });
        return new ManagedZones(zones);
    }

    /** What asks whether the zones answer; it takes no calls that migrations may need. */
    ZoneChecks checks() {
        Map<String, ZoneChecks.Kept> kept = new HashMap<>();
        config.zones()
                .forEach((connection, zone) -> kept.put(
                        connection,
                        new ZoneChecks.Kept(
                                DomainName.of(zone.domain()),
                                "Namecheap",
                                provider(
                                        zone.namecheap(),
                                        budget(zone.namecheap()).spare()))));
        return new ZoneChecks(kept);
    }

    @Override
    public void close() {
        apis.forEach(NamecheapApi::close);
    }

    private ManagedZone named(String connection, ZoneConfig zone) {
        try {
            return zone(connection, zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hubferry.dns.zones." + connection + ": " + e.getMessage(), e);
        }
    }

    private ManagedZone zone(String connection, ZoneConfig zone) {
        NamecheapConfig namecheap = zone.namecheap();
        if (namecheap.writeSettles().compareTo(namecheap.timeout()) < 0) {
            throw new IllegalArgumentException("namecheap.write-settles (" + namecheap.writeSettles()
                    + ") must not be shorter than namecheap.timeout (" + namecheap.timeout() + ")");
        }
        NameServers nameServers = new TracedNameServers(
                new DnsjavaNameServers(source(zone), config.nameServerTimeout()), connection, traces);
        return new ManagedZone(
                DomainName.of(zone.domain()),
                new LoggedDnsProvider(
                        new TracedDnsProvider(provider(namecheap, budget(namecheap)), connection, traces)),
                turns,
                new ManagedZone.Servers(
                        nameServers, config.propagationInterval(), config.propagationLimit(), zone.serviceHosts()),
                new ZoneRules(zone.shortestTtl(), zone.longestTtl(), zone.allowManagedMail(), namecheap.writeSettles()),
                clock,
                pause);
    }

    private DnsProvider provider(NamecheapConfig namecheap, CallBudget budget) {
        NamecheapAccount account = new NamecheapAccount(
                namecheap.url(),
                namecheap.apiUser(),
                namecheap.userName().orElse(namecheap.apiUser()),
                namecheap.keyFile(),
                namecheap.clientIp());
        NamecheapApi api = new NamecheapApi(account, budget, namecheap.timeout());
        apis.add(api);
        return new MeteredDnsProvider(new NamecheapDnsProvider(api), registry);
    }

    private CallBudget budget(NamecheapConfig namecheap) {
        CallBudget.Limits here =
                new CallBudget.Limits(namecheap.callsPerMinute(), namecheap.callsPerHour(), namecheap.callsPerDay());
        CallBudget.Limits first = limits.computeIfAbsent(namecheap.apiUser(), _ -> here);
        if (!first.equals(here)) {
            throw new IllegalArgumentException("the API user " + namecheap.apiUser() + " has " + here + " here and "
                    + first + " in another zone, but is counted once");
        }
        return new MeteredCallBudget(callBudgets.of(namecheap.apiUser(), here), registry);
    }

    private static NameServerSource source(ZoneConfig zone) {
        return zone.nameServers()
                .<NameServerSource>map(listed -> new NameServerSource.Listed(
                        listed.stream().map(Endpoint::parse).toList()))
                .orElseGet(() -> new NameServerSource.Looked(
                        zone.resolver().map(Endpoint::parse).orElseGet(Endpoint::systemResolver), Endpoint.DNS_PORT));
    }
}
