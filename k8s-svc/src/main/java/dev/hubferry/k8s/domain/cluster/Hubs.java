package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.k8s.domain.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds hubs by label; their objects' names mean nothing. */
public final class Hubs {
    private Hubs() {}

    /** The hub that {@code ref} names; fails with HUB_NOT_FOUND, or HUB_AMBIGUOUS naming the releases. */
    public static Hub find(HubCluster cluster, HubRef ref) {
        List<Workload> all = cluster.deployments(ref.namespace()).stream()
                .filter(Workload::isHub)
                .toList();
        List<Workload> wanted =
                all.stream().filter(workload -> isWanted(workload, ref)).toList();
        if (wanted.isEmpty()) {
            throw Refusal.of(ErrorCode.HUB_NOT_FOUND, notFound(ref, all));
        }
        if (wanted.size() > 1) {
            throw Refusal.of(
                    ErrorCode.HUB_AMBIGUOUS,
                    "namespace %s of cluster %s holds %d hubs (releases %s): name one of them in the spec"
                            .formatted(ref.namespace(), ref.cluster(), wanted.size(), releases(wanted)));
        }
        Workload deployment = wanted.getFirst();
        boolean alone = all.size() == 1;
        List<Door> doors = cluster.services(ref.namespace()).stream()
                .filter(door -> isPublicServiceOf(door, deployment, alone))
                .toList();
        return new Hub(ref, deployment, doors, alone);
    }

    private static boolean isWanted(Workload workload, HubRef ref) {
        return ref.release()
                .map(release -> workload.release().equals(Optional.of(release)))
                .orElse(true);
    }

    private static boolean isPublicServiceOf(Door door, Workload deployment, boolean alone) {
        return door.isPublic()
                && (door.release().equals(deployment.release())
                        || (alone && door.release().isEmpty()));
    }

    private static String notFound(HubRef ref, List<Workload> all) {
        String where = "namespace %s of cluster %s".formatted(ref.namespace(), ref.cluster());
        return ref.release()
                .map(release -> "%s holds no hub of release %s%s"
                        .formatted(where, release, all.isEmpty() ? "" : ", only of " + releases(all)))
                .orElse(where + " holds no Deployment with the labels of a hub (app=jupyterhub, component=hub)");
    }

    private static String releases(List<Workload> hubs) {
        return hubs.stream()
                .map(hub -> hub.release().orElse(hub.name()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
