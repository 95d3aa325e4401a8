package dev.hubferry.storage.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import dev.hubferry.messaging.WatchedConnections;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.ServerChecks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The storage servers, as reports on connections show them. */
@ApplicationScoped
class StorageConnections implements WatchedConnections {
    private final ServerChecks checks;

    StorageConnections(ServerChecks checks) {
        this.checks = checks;
    }

    @Override
    public Participant service() {
        return Participant.STORAGE;
    }

    @Override
    public ConnectionKind kind() {
        return ConnectionKind.STORAGE;
    }

    @Override
    public Set<String> names() {
        return checks.names();
    }

    @Override
    public Finding ask(String name) throws InterruptedException {
        try {
            return new Finding.Answers(checks.check(name));
        } catch (Refusal refusal) {
            return new Finding.Fails(
                    refusal.rejected().code(), refusal.rejected().detail());
        }
    }
}
