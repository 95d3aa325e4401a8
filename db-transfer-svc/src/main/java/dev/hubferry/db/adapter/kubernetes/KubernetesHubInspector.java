package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.adapter.kubernetes.HubWorkload.DatabasePlace;
import dev.hubferry.db.domain.DatabaseKind;
import dev.hubferry.db.domain.HubInspector;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads hubs out of their Deployment, Secret and pods. */
public final class KubernetesHubInspector implements HubInspector {
    private static final String UPGRADE = "--upgrade-db";
    /** What JupyterHub reads its crypt keys from when its configuration has none. */
    private static final String CRYPT_KEY = "JUPYTERHUB_CRYPT_KEY";

    private final ClusterClients clients;
    private final SecretReader secrets = new SecretReader(new KubernetesSerialization());

    public KubernetesHubInspector(ClusterClients clients) {
        this.clients = clients;
    }

    @Override
    public HubProfile inspect(HubRef hub) throws InterruptedException {
        Cluster cluster = new Cluster(clients, hub.cluster());
        HubWorkload workload = HubWorkload.find(cluster, hub);
        Secret secret = secret(cluster, workload);
        DatabaseKind kind = secrets.kind(secret);
        if (kind instanceof DatabaseKind.SqliteOnVolume) {
            demandVolume(workload);
        }
        return new HubProfile(
                hub,
                kind,
                VersionLabels.of(workload),
                upgradesDatabase(workload),
                secrets.secrets(secret, workload.setsVariable(CRYPT_KEY)));
    }

    private static Secret secret(Cluster cluster, HubWorkload workload) throws InterruptedException {
        String name = workload.secretName();
        String namespace = workload.hub().namespace();
        return cluster.find(
                        "get secret " + name + " in namespace " + namespace,
                        client -> client.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.HUB_NOT_FOUND,
                        HubProfile.where(workload.hub()),
                        "the hub's Secret " + name + " is not there",
                        "check that the namespace holds a complete zero-to-jupyterhub release"));
    }

    private static void demandVolume(HubWorkload workload) {
        if (workload.databasePlace().isEmpty()) {
            throw Refusal.of(
                    ErrorCode.DATABASE_NOT_FOUND,
                    HubProfile.where(workload.hub()),
                    "hub.db.type is sqlite-pvc, but the hub's Deployment mounts no claim at /srv/jupyterhub",
                    "check the hub's hub.db.pvc values");
        }
    }

    private static boolean upgradesDatabase(HubWorkload workload) {
        Container hub = workload.container();
        return Stream.concat(hub.getCommand().stream(), hub.getArgs().stream())
                .anyMatch(argument -> argument.contains(UPGRADE));
    }

    @Override
    public List<String> usersOfDatabase(HubRef hub, MigrationId migration) throws InterruptedException {
        Cluster cluster = new Cluster(clients, hub.cluster());
        HubWorkload workload = HubWorkload.find(cluster, hub);
        List<String> users = new ArrayList<>();
        if (workload.replicas() > 0) {
            users.add("Deployment " + workload.name() + " asks for " + workload.replicas() + " pod(s)");
        }
        List<Pod> pods = cluster.ask(
                "list pods in namespace " + hub.namespace(),
                client -> client.pods().inNamespace(hub.namespace()).list().getItems());
        for (Pod pod : pods) {
            if (alive(pod) && !HelperPod.isOf(pod, migration)) {
                describe(pod, workload, users);
            }
        }
        return users;
    }

    private static void describe(Pod pod, HubWorkload workload, List<String> users) {
        String name = pod.getMetadata().getName();
        String claim = workload.databasePlace().map(DatabasePlace::claim).orElse("");
        Map<String, String> labels = pod.getMetadata().getLabels();
        boolean mounts = pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && volume.getPersistentVolumeClaim().getClaimName().equals(claim));
        if (mounts) {
            users.add("pod " + name + " mounts " + claim);
        } else if (!workload.selector().isEmpty()
                && labels != null
                && labels.entrySet().containsAll(workload.selector().entrySet())) {
            users.add("pod " + name + " is the hub's");
        }
    }

    /** A pod that is being deleted still runs. */
    private static boolean alive(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !"Succeeded".equals(phase) && !"Failed".equals(phase);
    }
}
