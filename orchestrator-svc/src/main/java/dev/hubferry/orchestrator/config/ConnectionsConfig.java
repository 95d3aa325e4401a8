package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import java.util.Set;

/** The names of the connections that the services are configured with, so that a spec with another one is refused at once. */
@ConfigMapping(prefix = "hubferry.connections")
public interface ConnectionsConfig {
    /** Clusters of k8s-svc, comma-separated. */
    Set<String> clusters();

    /** Storage servers of storage-svc, comma-separated. */
    Set<String> storages();

    /** Zones of dns-svc, comma-separated. */
    Set<String> zones();
}
