package dev.hubferry.k8s.domain.cluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which pods can write to home directories, whatever they are called: found by what their volumes really are, in all namespaces.
 *
 * <p>A pod that only reads (each of its mounts of the homes is read-only) is none of them, nor one that has ended.
 *
 * @param servers the names that volumes have for the homes' NFS server
 * @param path the homes' directory there
 */
public record HomesUse(List<String> servers, String path) {

    /** Pods that can write there now, terminating ones too. */
    public List<Pod> writers(ClusterView cluster) {
        return writersAmong(cluster.podsOfAllNamespaces(), cluster);
    }

    /** Those of one namespace; asks for no other pods, and so may be asked often. */
    public List<Pod> writersIn(ClusterView cluster, String namespace) {
        return writersAmong(cluster.pods(namespace), cluster);
    }

    private List<Pod> writersAmong(List<Pod> pods, ClusterView cluster) {
        List<Volume> volumes = cluster.volumes();
        return pods.stream()
                .filter(pod -> !pod.isOver())
                .filter(pod -> pod.mounts().stream().anyMatch(mount -> canWrite(pod, mount, volumes)))
                .toList();
    }

    /** Those of other namespaces than the hub's, which are not ours to delete. */
    public List<Pod> writersElsewhere(ClusterView cluster, Hub hub) {
        return writers(cluster).stream()
                .filter(pod -> !pod.namespace().equals(hub.namespace()))
                .toList();
    }

    private boolean canWrite(Pod pod, Mount mount, List<Volume> volumes) {
        return !mount.readOnly()
                && export(pod, mount.source(), volumes)
                        .map(export -> export.below(mount.subPath()))
                        .filter(export -> export.isOnOneOf(servers) && export.overlaps(path))
                        .isPresent();
    }

    private static Optional<NfsExport> export(Pod pod, Mount.Source source, List<Volume> volumes) {
        return switch (source) {
            case Mount.Source.Export(NfsExport export) -> Optional.of(export);
            case Mount.Source.Claim(String name) ->
                volumes.stream()
                        .filter(volume -> volume.isBoundTo(pod.namespace(), name))
                        .findFirst()
                        .flatMap(Volume::export);
        };
    }

    /** Distinct pods of both lists, by uid, in order. */
    public static List<Pod> union(List<Pod> some, List<Pod> others) {
        Set<String> seen = new LinkedHashSet<>();
        return Stream.concat(some.stream(), others.stream())
                .filter(pod -> seen.add(pod.uid()))
                .toList();
    }
}
