package dev.hubferry.k8s.domain.cluster;

import java.util.Optional;

/**
 * A PersistentVolume.
 *
 * @param export what it is, when it is NFS
 * @param kind for messages, such as {@code nfs} or {@code csi efs.csi.aws.com}
 * @param claimNamespace of the claim that is bound to it; empty when none is
 * @param claim the name of that claim
 */
public record Volume(
        String name, Optional<NfsExport> export, String kind, Optional<String> claimNamespace, Optional<String> claim) {

    public boolean isBoundTo(String namespace, String claimName) {
        return claimNamespace.equals(Optional.of(namespace)) && claim.equals(Optional.of(claimName));
    }
}
