package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.cluster.Mount;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Pod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the API's pods to the domain's. */
final class PodMapping {
    private PodMapping() {}

    static Pod of(io.fabric8.kubernetes.api.model.Pod pod) {
        var metadata = pod.getMetadata();
        Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
        boolean terminating = metadata.getDeletionTimestamp() != null;
        return new Pod(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                orEmpty(metadata.getLabels()),
                orEmpty(metadata.getAnnotations()),
                status.map(PodStatus::getPhase).orElse("Unknown"),
                terminating,
                !terminating && status.map(PodMapping::isReady).orElse(false),
                status.flatMap(PodMapping::trouble),
                metadata.getOwnerReferences().stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .map(PodMapping::described)
                        .findFirst(),
                mounts(pod.getSpec()));
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static String described(OwnerReference owner) {
        return owner.getKind() + " " + owner.getName();
    }

    private static boolean isReady(PodStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Optional<String> trouble(PodStatus status) {
        Stream<String> ofContainers = Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .flatMap(container -> trouble(container).stream());
        Stream<String> ofScheduling = status.getConditions().stream()
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getMessage() != null)
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .map(condition -> condition.getMessage());
        return Stream.of(Optional.ofNullable(status.getMessage()).stream(), ofContainers, ofScheduling)
                .flatMap(stream -> stream)
                .findFirst();
    }

    private static Optional<String> trouble(ContainerStatus status) {
        ContainerState state = status.getState();
        if (state != null && state.getWaiting() != null) {
            var waiting = state.getWaiting();
            return Optional.ofNullable(
                    waiting.getMessage() == null
                            ? waiting.getReason()
                            : waiting.getReason() + ": " + waiting.getMessage());
        }
        if (state != null
                && state.getTerminated() != null
                && state.getTerminated().getExitCode() != 0) {
            return Optional.of("%s ended with exit code %d"
                    .formatted(status.getName(), state.getTerminated().getExitCode()));
        }
        return Optional.empty();
    }

    private static List<Mount> mounts(PodSpec spec) {
        List<Mount> mounts = new ArrayList<>();
        for (Volume volume : spec.getVolumes()) {
            source(volume)
                    .ifPresent(source -> Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                            .map(Container::getVolumeMounts)
                            .flatMap(List::stream)
                            .filter(mount -> volume.getName().equals(mount.getName()))
                            .forEach(mount -> mounts.add(mount(source, isReadOnly(volume), mount))));
        }
        return List.copyOf(mounts);
    }

    private static Mount mount(Mount.Source source, boolean volumeReadOnly, VolumeMount mount) {
        String subPath = mount.getSubPath() == null ? "" : mount.getSubPath().replaceAll("^/+|/+$", "");
        return new Mount(
                source, mount.getMountPath(), subPath, volumeReadOnly || Boolean.TRUE.equals(mount.getReadOnly()));
    }

    private static Optional<Mount.Source> source(Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return Optional.of(
                    new Mount.Source.Claim(volume.getPersistentVolumeClaim().getClaimName()));
        }
        if (volume.getNfs() != null) {
            return Optional.of(new Mount.Source.Export(
                    new NfsExport(volume.getNfs().getServer(), volume.getNfs().getPath())));
        }
        return Optional.empty();
    }

    private static boolean isReadOnly(Volume volume) {
        boolean claim = volume.getPersistentVolumeClaim() != null
                && Boolean.TRUE.equals(volume.getPersistentVolumeClaim().getReadOnly());
        boolean nfs =
                volume.getNfs() != null && Boolean.TRUE.equals(volume.getNfs().getReadOnly());
        return claim || nfs;
    }
}
