package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import java.util.Map;
import java.util.Set;

/** Finding out whether the zones of the zone connections can be read at their provider. */
public final class ZoneChecks {

    /**
     * A zone and who keeps it.
     *
     * @param providerName for people
     * @param provider makes spare calls only
     */
    public record Kept(DomainName domain, String providerName, DnsProvider provider) {}

    private final Map<String, Kept> zones;

    /** @param zones by connection name */
    public ZoneChecks(Map<String, Kept> zones) {
        this.zones = Map.copyOf(zones);
    }

    public Set<String> names() {
        return zones.keySet();
    }

    /**
     * Reads the zone, as every step does first.
     *
     * @return what is worth knowing about it, by name
     * @throws DnsAccessException when it cannot be read, or editing it is without effect
     * @throws NoSpareCallException when it was not asked for
     */
    public Map<String, String> check(String connection) throws InterruptedException {
        Kept kept = zones.get(connection);
        if (kept == null) {
            throw new DnsAccessException(ErrorCode.CONNECTION_UNKNOWN, "there is no zone connection " + connection);
        }
        if (!kept.provider().read(kept.domain()).served()) {
            throw new DnsAccessException(
                    ErrorCode.ZONE_NOT_MANAGED,
                    "%s is not served by the name servers of %s, so that edits are without effect"
                            .formatted(kept.domain(), kept.providerName()));
        }
        return Map.of("domain", kept.domain().value(), "provider", kept.providerName());
    }
}
