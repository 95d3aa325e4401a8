package dev.hubferry.orchestrator.api.spec;

import java.util.Set;
import java.util.TreeSet;

/** The names that a spec may use. */
public record KnownConnections(Set<String> clusters, Set<String> storages, Set<String> zones) {
    public KnownConnections {
        clusters = new TreeSet<>(clusters);
        storages = new TreeSet<>(storages);
        zones = new TreeSet<>(zones);
    }
}
