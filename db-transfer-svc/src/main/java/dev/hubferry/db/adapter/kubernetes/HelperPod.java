package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.adapter.kubernetes.HubWorkload.DatabasePlace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The short-lived pod that mounts a hub's database: the hub's image as the hub's user, without any right that Kubernetes' profile
 * <i>restricted</i> forbids, and with an end of its own should nobody delete it.
 */
final class HelperPod {
    static final String CONTAINER = "database";
    static final String ROOM = "/srv/hubferry/room";
    static final String SCRATCH = "/srv/hubferry/scratch";
    static final String MIGRATION_LABEL = "hubferry.dev/migration";
    static final String PURPOSE_LABEL = "hubferry.dev/purpose";
    static final String PURPOSE = "hub-database";
    static final String SIDE_LABEL = "hubferry.dev/hub";

    private static final long HUB_USER = 1000;

    private final HubWorkload workload;
    private final DatabasePlace place;
    private final PodLimits limits;

    HelperPod(HubWorkload workload, DatabasePlace place, PodLimits limits) {
        this.workload = workload;
        this.place = place;
        this.limits = limits;
    }

    /** Whether this service made {@code pod} for {@code migration}. */
    static boolean isOf(Pod pod, MigrationId migration) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(labels(migration).entrySet());
    }

    /** What marks all of a migration's pods. */
    static Map<String, String> labels(MigrationId migration) {
        return Map.of(PURPOSE_LABEL, PURPOSE, MIGRATION_LABEL, migration.value());
    }

    /** The user whose files the hub's are. */
    long user() {
        return first(
                containerContext().map(context -> context.getRunAsUser()),
                podContext().map(PodSecurityContext::getRunAsUser));
    }

    /** The group whose files the hub's are. */
    long group() {
        return first(
                containerContext().map(context -> context.getRunAsGroup()),
                podContext().map(PodSecurityContext::getRunAsGroup));
    }

    private Optional<io.fabric8.kubernetes.api.model.SecurityContext> containerContext() {
        return Optional.ofNullable(workload.container().getSecurityContext());
    }

    private Optional<PodSecurityContext> podContext() {
        return Optional.ofNullable(workload.podSpec().getSecurityContext());
    }

    /** The hub's own, unless that is root or nobody: the profile forbids root, and the chart's hub is 1000. */
    private static long first(Optional<Long> ofContainer, Optional<Long> ofPod) {
        return ofContainer.or(() -> ofPod).filter(id -> id > 0).orElse(HUB_USER);
    }

    /**
     * The manifest.
     *
     * @param readOnly whether the database is mounted so that nothing can change it
     * @param node where the hub runs now, for most volumes can be mounted on one node only
     */
    Pod manifest(String name, MigrationId migration, boolean readOnly, Optional<String> node) {
        PodSpec hub = workload.podSpec();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(workload.hub().namespace())
                .addToLabels(labels(migration))
                .addToLabels("app.kubernetes.io/managed-by", "hubferry")
                .addToLabels(SIDE_LABEL, workload.name())
                .addToAnnotations("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node.orElse(null))
                .withNodeSelector(hub.getNodeSelector())
                .withTolerations(hub.getTolerations())
                .withImagePullSecrets(hub.getImagePullSecrets())
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(limits.deadline().toSeconds())
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(securityContext())
                .withContainers(container(readOnly))
                .addNewVolume()
                .withName("room")
                .withNewPersistentVolumeClaim()
                .withClaimName(place.claim())
                .endPersistentVolumeClaim()
                .endVolume()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }

    /** With the hub's own groups and no others: another fsGroup would change the owners of every file on the volume. */
    private PodSecurityContext securityContext() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(user())
                .withRunAsGroup(group())
                .withFsGroup(podContext().map(PodSecurityContext::getFsGroup).orElse(null))
                .withFsGroupChangePolicy(podContext()
                        .filter(context -> context.getFsGroup() != null)
                        .map(context -> Objects.requireNonNullElse(context.getFsGroupChangePolicy(), "OnRootMismatch"))
                        .orElse(null))
                .withSupplementalGroups(podContext()
                        .map(PodSecurityContext::getSupplementalGroups)
                        .orElse(List.of()))
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private Container container(boolean readOnly) {
        Container hub = workload.container();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(hub.getImage())
                .withImagePullPolicy(hub.getImagePullPolicy())
                // Process 1 ignores SIGTERM unless it asks for it; asking makes the pod end at once.
                .withCommand(
                        "sh",
                        "-c",
                        "trap 'exit 0' TERM; sleep " + limits.deadline().toSeconds() + " & wait")
                .withWorkingDir("/")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewResources()
                .addToRequests("cpu", new Quantity(limits.cpuRequest()))
                .addToRequests("memory", new Quantity(limits.memoryRequest()))
                .addToLimits("memory", new Quantity(limits.memoryLimit()))
                .endResources()
                .withVolumeMounts(room(readOnly), scratch())
                .build();
    }

    private VolumeMount room(boolean readOnly) {
        return new VolumeMountBuilder()
                .withName("room")
                .withMountPath(ROOM)
                .withSubPath(place.subPath().orElse(null))
                .withReadOnly(readOnly)
                .build();
    }

    private static VolumeMount scratch() {
        return new VolumeMountBuilder()
                .withName("scratch")
                .withMountPath(SCRATCH)
                .build();
    }
}
