package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.HomesUse;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import java.util.List;

/** From the spec's homes to what volumes say. */
final class HomesUses {
    private HomesUses() {}

    /** Fails with CONNECTION_UNKNOWN when the storage connection has no servers here. */
    static HomesUse of(StorageServers storages, HomesRef homes) {
        List<String> servers = storages.of(homes.storage());
        if (servers.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "storage connection %s has no nfs-servers in the configuration of k8s-svc"
                            .formatted(homes.storage()));
        }
        return new HomesUse(servers, homes.path());
    }
}
