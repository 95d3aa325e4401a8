package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.adapter.kubernetes.HubWorkload.DatabasePlace;
import dev.hubferry.db.domain.DatabaseCarrier;
import dev.hubferry.db.domain.DatabaseRoom;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.Task;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.UUID;

/**
 * Gets at hubs' volumes through short-lived pods.
 *
 * <p>The pod is also the fence against a run that was taken over: its successor removes the migration's pods and waits until they are
 * gone before it makes its own, and every operation of the predecessor needs the predecessor's pod.
 */
public final class PodDatabaseCarrier implements DatabaseCarrier {
    private final ClusterClients clients;
    private final PodLimits limits;

    public PodDatabaseCarrier(ClusterClients clients, PodLimits limits) {
        this.clients = clients;
        this.limits = limits;
    }

    @Override
    public DatabaseRoom open(HubRef hub, Access access, Task task) throws InterruptedException {
        Cluster cluster = new Cluster(clients, hub.cluster());
        HelperPods pods = new HelperPods(cluster, hub, limits);
        HubWorkload workload = HubWorkload.find(cluster, hub);
        DatabasePlace place = workload.databasePlace().orElseThrow(() -> noPlace(hub));
        demandClaim(cluster, hub, place);
        task.ensureHeld();
        pods.sweep(task.migration(), workload);
        HelperPod helper = new HelperPod(workload, place, limits);
        boolean readOnly = access == Access.READ;
        String name = "hubferry-db-" + task.migration() + "-" + task.epoch() + "-"
                + UUID.randomUUID().toString().substring(0, 5);
        Pod manifest = helper.manifest(name, task.migration(), readOnly, pods.nodeOf(workload));
        PodLease lease = new PodLease(pods, hub, name, helper, !readOnly);
        start(pods, manifest, lease, task);
        PodExec exec = new PodExec(cluster, hub, name, limits.operationTimeout());
        return new PodDatabaseRoom(
                lease,
                readOnly,
                exec,
                new PodDatabaseRoom.Directories(HelperPod.ROOM, HelperPod.SCRATCH),
                task,
                limits.attempts());
    }

    private static void start(HelperPods pods, Pod manifest, PodLease lease, Task task) throws InterruptedException {
        boolean started = false;
        try {
            task.ensureHeld();
            pods.start(manifest);
            started = true;
        } finally {
            if (!started) {
                lease.close();
            }
        }
    }

    @Override
    public void sweep(HubRef hub, Task task) throws InterruptedException {
        Cluster cluster = new Cluster(clients, hub.cluster());
        task.ensureHeld();
        new HelperPods(cluster, hub, limits).sweep(task.migration(), HubWorkload.find(cluster, hub));
    }

    private static void demandClaim(Cluster cluster, HubRef hub, DatabasePlace place) throws InterruptedException {
        Optional<?> claim = cluster.find(
                "get persistentvolumeclaim " + place.claim() + " in namespace " + hub.namespace(),
                client -> client.persistentVolumeClaims()
                        .inNamespace(hub.namespace())
                        .withName(place.claim())
                        .get());
        if (claim.isEmpty()) {
            throw noPlace(hub);
        }
    }

    private static Refusal noPlace(HubRef hub) {
        return Refusal.of(
                ErrorCode.DATABASE_NOT_FOUND,
                HubProfile.where(hub),
                "the volume claim that should hold the hub's database is not there",
                "install the hub completely before moving");
    }
}
