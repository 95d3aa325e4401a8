package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.cluster.HomesProbe;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.Map;

/** The pod that looks at the homes: allowed in namespaces of the Pod Security Standard "restricted". */
final class ProbePods {
    private static final long HUB_USER = 1000;

    private ProbePods() {}

    static Pod of(HomesProbe probe, Pod like) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(probe.name())
                .withNamespace(probe.namespace())
                .withLabels(probe.labels())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(probe.deadline().toSeconds())
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withImagePullSecrets(like.getSpec().getImagePullSecrets())
                .withNodeSelector(like.getSpec().getNodeSelector())
                .withTolerations(like.getSpec().getTolerations())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(HUB_USER)
                .withRunAsGroup(HUB_USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("probe")
                .withImage(like.getSpec().getContainers().getFirst().getImage())
                .withCommand("sh", "-c", probe.script())
                .withWorkingDir(HomesProbe.MOUNT)
                .withSecurityContext(withoutRights())
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi")))
                .withLimits(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("64Mi")))
                .endResources()
                .addNewVolumeMount()
                .withName("homes")
                .withMountPath(HomesProbe.MOUNT)
                .withSubPath(probe.subPath().isEmpty() ? null : probe.subPath())
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("homes")
                .withNewPersistentVolumeClaim(probe.claim(), true)
                .endVolume()
                .endSpec()
                .build();
    }

    private static SecurityContext withoutRights() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
