package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.k8s.domain.Lease;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.ClusterChanges;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HomesProbe;
import dev.hubferry.k8s.domain.cluster.Pod;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes a cluster through the fabric8 client. Every write names the version or the identity of what was read before it. */
final class Fabric8Changes implements ClusterChanges {
    private static final int ATTEMPTS = 10;

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final ServiceManifests manifests;

    Fabric8Changes(KubernetesClient client, ApiCalls calls) {
        this.client = client;
        this.calls = calls;
        this.manifests = new ServiceManifests(client.getKubernetesSerialization());
    }

    @Override
    @Failpoint("k8s.service.hold")
    public void hold(String namespace, String service, String migration, Lease lease) {
        setHolder(namespace, service, migration, lease);
    }

    @Override
    @Failpoint("k8s.service.unhold")
    public void unhold(String namespace, String service, Lease lease) {
        setHolder(namespace, service, null, lease);
    }

    private void setHolder(String namespace, String service, @Nullable String holder, Lease lease) {
        retrying("Service " + namespace + "/" + service, () -> {
            Optional<Service> found = service(namespace, service);
            if (found.isEmpty() || Objects.equals(holderOf(found.get()), holder)) {
                return true;
            }
            lease.ensureHeld();
            String patch = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"selector\":{\"%s\":%s}}}"
                    .formatted(
                            found.get().getMetadata().getResourceVersion(),
                            Door.HELD,
                            holder == null ? "null" : "\"" + holder + "\"");
            return calls.send(
                            new Access("patch", "", "services", namespace),
                            () -> client.services()
                                    .inNamespace(namespace)
                                    .withName(service)
                                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch))
                    != null;
        });
    }

    @Override
    @Failpoint("k8s.deployment.scale")
    public void scale(String namespace, String deployment, int replicas, Lease lease) {
        var resource = client.apps().deployments().inNamespace(namespace).withName(deployment);
        retrying("Deployment " + namespace + "/" + deployment, () -> {
            Scale scale = calls.send(new Access("get", "apps", "deployments/scale", namespace), resource::scale);
            if (Objects.equals(scale.getSpec().getReplicas(), replicas)) {
                return true;
            }
            scale.getSpec().setReplicas(replicas);
            lease.ensureHeld();
            return calls.send(new Access("update", "apps", "deployments/scale", namespace), () -> resource.scale(scale))
                    != null;
        });
    }

    @Override
    @Failpoint("k8s.service.delete")
    public void deleteService(Door service, Lease lease) {
        lease.ensureHeld();
        delete("services", service.namespace(), service.name(), service.uid());
    }

    @Override
    @Failpoint("k8s.pod.delete")
    public void deletePod(Pod pod, Lease lease) {
        lease.ensureHeld();
        delete("pods", pod.namespace(), pod.name(), pod.uid());
    }

    /** Deletes the object of this uid; another one under its name stays. */
    private void delete(String resource, String namespace, String name, String uid) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        String path = "/api/v1/namespaces/%s/%s/%s".formatted(namespace, resource, name);
        try {
            calls.send(new Access("delete", "", resource, namespace), () -> client.raw(path, "DELETE", options));
        } catch (ApiCalls.Gone | ApiCalls.Conflict e) {
            // This very object is gone, which is all that was asked for.
        }
    }

    @Override
    @Failpoint("k8s.service.restore")
    public Optional<Restored> restoreService(String namespace, String manifest, Lease lease) {
        Service kept = manifests.fromJson(manifest);
        Optional<Service> standing = service(namespace, kept.getMetadata().getName());
        if (standing.isPresent()) {
            if (standing.get().getMetadata().getDeletionTimestamp() != null) {
                return Optional.empty();
            }
            return Optional.of(
                    manifests.same(kept, standing.get()) ? Restored.STOOD_AS_BEFORE : Restored.STOOD_DIFFERENT);
        }
        String refusal = "";
        for (Service attempt : ServiceManifests.ladder(kept)) {
            lease.ensureHeld();
            try {
                Service made = calls.send(
                        new Access("create", "", "services", namespace),
                        () -> client.services()
                                .inNamespace(namespace)
                                .resource(attempt)
                                .create());
                return Optional.of(
                        ServiceManifests.sameAddresses(kept, made) ? Restored.AS_BEFORE : Restored.WITH_OTHER_ADDRESS);
            } catch (ApiCalls.Conflict e) {
                return Optional.empty();
            } catch (ApiCalls.Invalid e) {
                refusal = String.valueOf(e.getMessage());
            }
        }
        throw new IllegalStateException("the API server does not take the Service back: " + refusal);
    }

    @Override
    @Failpoint("k8s.probe.start")
    public Optional<Pod> startProbe(HomesProbe probe, Lease lease) {
        var like = calls.send(
                new Access("get", "", "pods", probe.namespace()),
                () -> client.pods()
                        .inNamespace(probe.namespace())
                        .withName(probe.likePod())
                        .require());
        lease.ensureHeld();
        try {
            return Optional.of(PodMapping.of(calls.send(
                    new Access("create", "", "pods", probe.namespace()),
                    () -> client.pods()
                            .inNamespace(probe.namespace())
                            .resource(ProbePods.of(probe, like))
                            .create())));
        } catch (ApiCalls.Conflict e) {
            return Optional.empty();
        } catch (ApiCalls.Invalid e) {
            throw Refusal.of(
                    ErrorCode.SMOKE_TEST_FAILED, "the API server does not take the homes probe: " + e.getMessage());
        }
    }

    private Optional<Service> service(String namespace, String name) {
        return calls.find(
                new Access("get", "", "services", namespace),
                () -> client.services().inNamespace(namespace).withName(name).get());
    }

    private static @Nullable String holderOf(Service service) {
        return PodMapping.orEmpty(service.getSpec().getSelector()).get(Door.HELD);
    }

    /** Reads and writes again while somebody else writes in between. */
    private static void retrying(String object, Change change) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                if (change.isDone()) {
                    return;
                }
            } catch (ApiCalls.Conflict e) {
                // Read it again.
            } catch (ApiCalls.Gone e) {
                throw Refusal.of(ErrorCode.HUB_NOT_FOUND, object + " does not exist any more");
            }
        }
        throw Refusal.of(
                ErrorCode.CLUSTER_UNREACHABLE,
                "%s was changed by others between each of %d reads and writes".formatted(object, ATTEMPTS));
    }

    @FunctionalInterface
    private interface Change {
        boolean isDone();
    }
}
