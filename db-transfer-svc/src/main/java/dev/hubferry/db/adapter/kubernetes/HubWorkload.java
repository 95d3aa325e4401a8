package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hub's Deployment, read for what concerns its database.
 *
 * @param hub which hub
 * @param deployment found by label, never by name
 */
record HubWorkload(HubRef hub, Deployment deployment) {
    private static final String WORKING_DIRECTORY = "/srv/jupyterhub";
    private static final String USUAL_CLAIM = "hub-db-dir";
    private static final String USUAL_SECRET = "hub";

    /** @throws Refusal {@link ErrorCode#HUB_NOT_FOUND} or {@link ErrorCode#HUB_AMBIGUOUS} */
    static HubWorkload find(Cluster cluster, HubRef hub) throws InterruptedException {
        List<Deployment> hubs = cluster
                .ask(
                        "list deployments in namespace " + hub.namespace(),
                        client -> client.apps()
                                .deployments()
                                .inNamespace(hub.namespace())
                                .list()
                                .getItems())
                .stream()
                .filter(candidate -> isHub(labels(candidate), hub))
                .toList();
        if (hubs.size() == 1) {
            return new HubWorkload(hub, hubs.getFirst());
        }
        String looked = "in namespace " + hub.namespace()
                + hub.release().map(release -> " for release " + release).orElse("");
        throw hubs.isEmpty()
                ? Refusal.of(
                        ErrorCode.HUB_NOT_FOUND,
                        HubProfile.where(hub),
                        "there is no Deployment with the labels of a JupyterHub's hub " + looked,
                        "check cluster, namespace and release in the spec")
                : Refusal.of(
                        ErrorCode.HUB_AMBIGUOUS,
                        HubProfile.where(hub),
                        "there are " + hubs.size() + " hubs " + looked,
                        "name the release in the spec");
    }

    private static boolean isHub(Map<String, String> labels, HubRef hub) {
        boolean legacy = "jupyterhub".equals(labels.get("app")) && "hub".equals(labels.get("component"));
        boolean modern = "jupyterhub".equals(labels.get("app.kubernetes.io/name"))
                && "hub".equals(labels.get("app.kubernetes.io/component"));
        boolean ofRelease = hub.release()
                .map(release -> release.equals(labels.get("release"))
                        || release.equals(labels.get("app.kubernetes.io/instance")))
                .orElse(true);
        return (legacy || modern) && ofRelease;
    }

    static Map<String, String> labels(Deployment deployment) {
        Map<String, String> labels = deployment.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** The Deployment's name, which only its namespace makes unique. */
    String name() {
        return deployment.getMetadata().getName();
    }

    /** What every pod of the hub is made from. */
    PodSpec podSpec() {
        return deployment.getSpec().getTemplate().getSpec();
    }

    /** The container that runs JupyterHub. */
    Container container() {
        List<Container> containers = podSpec().getContainers();
        return containers.stream()
                .filter(container -> container.getName().equals("hub"))
                .findFirst()
                .orElseGet(containers::getFirst);
    }

    /** Whether the hub's environment has a variable of this name; its value, or where that comes from, is not looked at. */
    boolean setsVariable(String name) {
        return container().getEnv().stream()
                .anyMatch(variable -> variable.getName().equals(name));
    }

    /** How many pods the Deployment asks for. */
    int replicas() {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /** The labels by which the Deployment knows its pods. */
    Map<String, String> selector() {
        Map<String, String> labels = deployment.getSpec().getSelector().getMatchLabels();
        return labels == null ? Map.of() : labels;
    }

    /** The name of the Secret that the hub reads. */
    String secretName() {
        return podSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("secret") && volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .findFirst()
                .orElse(USUAL_SECRET);
    }

    /** Where the hub's working directory, which holds the database, really is; empty when it is on no claim. */
    Optional<DatabasePlace> databasePlace() {
        for (VolumeMount mount : container().getVolumeMounts()) {
            if (strip(mount.getMountPath()).equals(WORKING_DIRECTORY)) {
                Optional<String> claim = claimOf(mount.getName());
                if (claim.isPresent()) {
                    return Optional.of(new DatabasePlace(claim.get(), Optional.ofNullable(mount.getSubPath())));
                }
            }
        }
        return podSpec().getVolumes().stream()
                .flatMap(volume -> claimOf(volume.getName()).stream())
                .filter(claim -> claim.endsWith(USUAL_CLAIM))
                .findFirst()
                .map(claim -> new DatabasePlace(claim, Optional.empty()));
    }

    private Optional<String> claimOf(String volumeName) {
        return podSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(volumeName))
                .findFirst()
                .map(Volume::getPersistentVolumeClaim)
                .map(PersistentVolumeClaimVolumeSource::getClaimName);
    }

    private static String strip(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * @param claim name of the PersistentVolumeClaim
     * @param subPath directory in it, when the hub does not use its root
     */
    record DatabasePlace(String claim, Optional<String> subPath) {}
}
