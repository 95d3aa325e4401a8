package dev.hubferry.k8s.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.ClusterChecks;
import dev.hubferry.messaging.WatchedConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/** The clusters, as reports on connections show them. */
@ApplicationScoped
class ClusterConnections implements WatchedConnections {
    private final ClusterChecks checks;

    ClusterConnections(ClusterChecks checks) {
        this.checks = checks;
    }

    @Override
    public Participant service() {
        return Participant.K8S;
    }

    @Override
    public ConnectionKind kind() {
        return ConnectionKind.CLUSTER;
    }

    @Override
    public Set<String> names() {
        return checks.names();
    }

    /** Volumes of the clusters lie on these. */
    @Override
    public Map<ConnectionKind, Set<String>> namedToo() {
        return Map.of(ConnectionKind.STORAGE, checks.storages());
    }

    @Override
    public Finding ask(String name) {
        try {
            return new Finding.Answers(checks.version(name)
                    .map(version -> Map.of("kubernetes", version))
                    .orElse(Map.of()));
        } catch (Refusal refusal) {
            return new Finding.Fails(refusal.code(), refusal.rejected().detail());
        }
    }
}
