package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.ZoneChecks;
import dev.hubferry.messaging.WatchedConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The zones, as reports on connections show them. */
@ApplicationScoped
class ZoneConnections implements WatchedConnections {

    private final ZoneChecks checks;

    ZoneConnections(ZoneChecks checks) {
        this.checks = checks;
    }

    @Override
    public Participant service() {
        return Participant.DNS;
    }

    @Override
    public ConnectionKind kind() {
        return ConnectionKind.ZONE;
    }

    @Override
    public Set<String> names() {
        return checks.names();
    }

    @Override
    public Finding ask(String name) throws InterruptedException {
        try {
            return new Finding.Answers(checks.check(name));
        } catch (DnsAccessException e) {
            return new Finding.Fails(e.code(), e.detail());
        } catch (NoSpareCallException e) {
            return new Finding.Postponed(
                    "half of the API user's calls are used up; the others are kept for migrations");
        }
    }
}
