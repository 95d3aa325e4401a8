package dev.hubferry.dns;

import dev.hubferry.dns.adapter.postgres.PostgresCallBudget;
import dev.hubferry.dns.adapter.postgres.PostgresZoneTurns;
import dev.hubferry.dns.config.DnsConfig;
import dev.hubferry.dns.domain.ManagedZones;
import dev.hubferry.dns.domain.Pause;
import dev.hubferry.dns.domain.ZoneChecks;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** Hands the configured zones to the command handler. */
@Dependent
class ZoneBeans {

    /** Longer than the longest wait for a free call and the longest call after it. */
    private static final Duration TURN_LASTS = Duration.ofMinutes(3);

    @Produces
    @Singleton
    ZoneWiring wiring(DnsConfig config, DataSource dataSource, Clock clock, MeterRegistry registry, Traces traces) {
        Pause pause = Thread::sleep;
        return new ZoneWiring(
                config,
                (apiUser, limits) -> new PostgresCallBudget("namecheap:" + apiUser, limits, dataSource, clock, pause),
                new PostgresZoneTurns(dataSource, pause, TURN_LASTS),
                clock,
                pause,
                registry,
                traces);
    }

    void close(@Disposes ZoneWiring wiring) {
        wiring.close();
    }

    @Produces
    @Singleton
    ManagedZones zones(ZoneWiring wiring) {
        return wiring.zones();
    }

    @Produces
    @Singleton
    ZoneChecks checks(ZoneWiring wiring) {
        return wiring.checks();
    }
}
