package dev.hubferry.k8s.domain.cluster;

/**
 * What one container sees of one volume.
 *
 * @param source what the volume is
 * @param mountPath where the container sees it
 * @param subPath the part of the volume that it sees; empty for all, and when the pod computes it
 * @param readOnly whether the container cannot write there
 */
public record Mount(Source source, String mountPath, String subPath, boolean readOnly) {
    /** What is mounted, as far as homes can be on it. */
    public sealed interface Source {
        /** @param name of a PersistentVolumeClaim in the pod's namespace */
        record Claim(String name) implements Source {}

        /** An NFS export that the pod itself names. */
        record Export(NfsExport export) implements Source {}
    }
}
