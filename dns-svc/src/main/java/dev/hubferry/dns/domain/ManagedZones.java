package dev.hubferry.dns.domain;

import java.util.Map;
import java.util.Optional;

/** The zone connections by name. */
public final class ManagedZones {

    private final Map<String, ManagedZone> zones;

    public ManagedZones(Map<String, ManagedZone> zones) {
        this.zones = Map.copyOf(zones);
    }

    public Optional<ManagedZone> find(String connection) {
        return Optional.ofNullable(zones.get(connection));
    }
}
