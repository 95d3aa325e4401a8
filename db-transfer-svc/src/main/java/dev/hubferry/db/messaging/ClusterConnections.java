package dev.hubferry.db.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import dev.hubferry.db.domain.ClusterChecks;
import dev.hubferry.db.domain.Refusal;
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
        return Participant.DB;
    }

    @Override
    public ConnectionKind kind() {
        return ConnectionKind.CLUSTER;
    }

    @Override
    public Set<String> names() {
        return checks.names();
    }

    @Override
    public Finding ask(String name) throws InterruptedException {
        try {
            return new Finding.Answers(checks.acceptedVersion(name)
                    .map(version -> Map.of("kubernetes", version))
                    .orElse(Map.of()));
        } catch (Refusal refusal) {
            return new Finding.Fails(
                    refusal.rejected().code(), refusal.problems().getFirst().detail());
        }
    }
}
