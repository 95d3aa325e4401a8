package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.DeploymentListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;

/** Finds out, before a migration needs to know, whether the configured clusters answer. */
public final class ClusterProbe {
    private final ClusterClients clients;
    private final PodLimits limits;

    public ClusterProbe(ClusterClients clients, PodLimits limits) {
        this.clients = clients;
        this.limits = limits;
    }

    /**
     * The version of the cluster's Kubernetes.
     *
     * @throws Refusal when it does not answer, or not to this service
     */
    public String version(String cluster) throws InterruptedException {
        return new Cluster(clients, cluster)
                .ask("get its version", client -> client.getKubernetesVersion().getGitVersion());
    }

    /**
     * Writes and reads the kinds of objects that a command handles. The client's model is large and loads with its first use: that is not
     * to happen while a hub is down.
     */
    public void rehearse(String cluster) throws InterruptedException {
        new Cluster(clients, cluster).ask("prepare", this::roundTrip);
    }

    private int roundTrip(KubernetesClient client) {
        KubernetesSerialization json = client.getKubernetesSerialization();
        HubWorkload hub = new HubWorkload(new HubRef("rehearsal", "rehearsal", Optional.empty()), deployment());
        Pod pod = new HelperPod(hub, new HubWorkload.DatabasePlace("rehearsal", Optional.empty()), limits)
                .manifest("rehearsal", new MigrationId("rehearsal"), true, Optional.empty());
        PodList pods = new PodListBuilder().withItems(pod).build();
        DeploymentList deployments =
                new DeploymentListBuilder().withItems(hub.deployment()).build();
        return json.unmarshal(json.asJson(pods), PodList.class).getItems().size()
                + json.unmarshal(json.asJson(deployments), DeploymentList.class)
                        .getItems()
                        .size();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("rehearsal")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("hub")
                .withImage("rehearsal")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
