package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes, awaits and removes short-lived pods in one hub's namespace. */
final class HelperPods {
    private static final int HTTP_CONFLICT = 409;

    private final Cluster cluster;
    private final HubRef hub;
    private final PodLimits limits;

    HelperPods(Cluster cluster, HubRef hub, PodLimits limits) {
        this.cluster = cluster;
        this.hub = hub;
        this.limits = limits;
    }

    /** Removes every pod that the migration has at this hub and waits until they are gone: what they were doing has then ended. */
    void sweep(MigrationId migration, HubWorkload workload) throws InterruptedException {
        List<Pod> left = cluster.ask(
                "list pods in namespace " + hub.namespace(),
                client -> client.pods()
                        .inNamespace(hub.namespace())
                        .withLabels(HelperPod.labels(migration))
                        .withLabel(HelperPod.SIDE_LABEL, workload.name())
                        .list()
                        .getItems());
        for (Pod pod : left) {
            delete(pod.getMetadata().getName());
        }
        for (Pod pod : left) {
            awaitGone(pod.getMetadata().getName());
        }
    }

    /** The node on which the hub runs now, if it runs. */
    Optional<String> nodeOf(HubWorkload workload) throws InterruptedException {
        List<Pod> pods = cluster.ask(
                "list pods in namespace " + hub.namespace(),
                client -> client.pods()
                        .inNamespace(hub.namespace())
                        .withLabels(workload.selector())
                        .list()
                        .getItems());
        return pods.stream()
                .filter(pod -> pod.getStatus() != null
                        && "Running".equals(pod.getStatus().getPhase()))
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Makes the pod and waits until it is ready. */
    void start(Pod manifest) throws InterruptedException {
        String name = manifest.getMetadata().getName();
        // A request that is given up may still be carried out, after the pod was looked for to be deleted.
        var unused = OwnThread.toItsEnd(
                "create " + name,
                () -> cluster.ask("create a pod in namespace " + hub.namespace(), client -> create(client, manifest)));
        Pod pod;
        try {
            pod = cluster.ask(
                    "watch pod " + name,
                    client -> pod(client, name)
                            .waitUntilCondition(
                                    HelperPods::readyOrOver,
                                    limits.readyTimeout().toMillis(),
                                    TimeUnit.MILLISECONDS));
        } catch (KubernetesClientTimeoutException e) {
            pod = cluster.ask("get pod " + name, client -> pod(client, name).get());
        }
        if (pod == null || !ready(pod)) {
            throw Refusal.of(
                    ErrorCode.HELPER_POD_NOT_READY,
                    HubProfile.where(hub),
                    "the pod " + name + " that is to read the hub's volume was not ready after "
                            + words(limits.readyTimeout()) + ": " + why(pod),
                    "see its events (kubectl describe pod), the node's room and the volume's attachments");
        }
    }

    /** The name is used once, so a pod that is there is our own, and only the answer to its making got lost. */
    @Failpoint("db.helper-pod.create")
    private Pod create(KubernetesClient client, Pod manifest) {
        try {
            return client.pods().inNamespace(hub.namespace()).resource(manifest).create();
        } catch (KubernetesClientException e) {
            boolean answerLost = e.getCode() <= 0 && !Cluster.interrupted(e);
            if (e.getCode() == HTTP_CONFLICT
                    || (answerLost
                            && pod(client, manifest.getMetadata().getName()).get() != null)) {
                return manifest;
            }
            throw e;
        }
    }

    /** Deletes the pod if it is there, and does not wait. */
    @Failpoint("db.helper-pod.delete")
    void delete(String name) throws InterruptedException {
        cluster.ask(
                "delete pod " + name,
                client -> pod(client, name).withGracePeriod(1).delete());
    }

    /** Waits until the pod is gone. */
    void awaitGone(String name) throws InterruptedException {
        try {
            cluster.find(
                    "watch pod " + name,
                    client -> pod(client, name)
                            .waitUntilCondition(
                                    Objects::isNull, limits.goneTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (KubernetesClientTimeoutException e) {
            throw Refusal.of(
                    ErrorCode.HELPER_POD_NOT_READY,
                    HubProfile.where(hub),
                    "the pod " + name + " is still there " + words(limits.goneTimeout()) + " after it was deleted",
                    "see why its node does not end it");
        }
    }

    private PodResource pod(KubernetesClient client, String name) {
        return client.pods().inNamespace(hub.namespace()).withName(name);
    }

    private static boolean readyOrOver(@Nullable Pod pod) {
        String phase =
                pod == null || pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return pod == null || ready(pod) || "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** What Kubernetes says it waits for. */
    private static String why(@Nullable Pod pod) {
        if (pod == null) {
            return "somebody deleted it";
        }
        PodStatus status = pod.getStatus();
        if (status == null) {
            return "no node has taken it yet";
        }
        Stream<String> containers = status.getContainerStatuses().stream()
                .map(HelperPods::waiting)
                .flatMap(Optional::stream)
                .map(waiting -> joined(waiting.getReason(), waiting.getMessage()));
        Stream<String> conditions = status.getConditions().stream()
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getReason() != null)
                .map(condition -> joined(condition.getReason(), condition.getMessage()));
        Stream<String> itself = Stream.of(joined(status.getReason(), status.getMessage()));
        List<String> reasons = Stream.of(containers, conditions, itself)
                .flatMap(stream -> stream)
                .filter(reason -> !reason.isBlank())
                .distinct()
                .toList();
        return reasons.isEmpty() ? "phase " + status.getPhase() : String.join("; ", reasons);
    }

    private static Optional<ContainerStateWaiting> waiting(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(state -> state.getWaiting());
    }

    private static String joined(@Nullable String reason, @Nullable String message) {
        return Stream.of(reason, message)
                .filter(Objects::nonNull)
                .reduce((first, second) -> first + ": " + second)
                .orElse("");
    }

    private static String words(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
