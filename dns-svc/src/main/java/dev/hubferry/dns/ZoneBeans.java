package dev.hubferry.dns;

import dev.hubferry.dns.config.DnsConfig;
import dev.hubferry.dns.domain.ManagedZones;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Hands the configured zones to the command handler. */
@Dependent
class ZoneBeans {

    @Produces
    @Singleton
    ZoneWiring wiring(DnsConfig config, Clock clock) {
        return new ZoneWiring(config, clock, Thread::sleep);
    }

    void close(@Disposes ZoneWiring wiring) {
        wiring.close();
    }

    @Produces
    @Singleton
    ManagedZones zones(ZoneWiring wiring) {
        return wiring.zones();
    }
}
