package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows about Deployments, Services, claims and namespaces. */
final class WorkloadRows {

    private WorkloadRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("makes the pods of a deployment and counts them", WorkloadRows::makesPods),
                Behaviour.of("makes a deleted pod of a deployment anew", WorkloadRows::remakesPods),
                Behaviour.of("removes the pods of a deployment scaled to 0", WorkloadRows::scalesDown),
                Behaviour.of("shows and changes replicas by the scale subresource", WorkloadRows::offersScale),
                Behaviour.of("never runs two templates of a Recreate deployment at once", WorkloadRows::recreates),
                Behaviour.of("removes the pods of a deleted deployment", WorkloadRows::collectsGarbage),
                Behaviour.of("keeps a deployment in foreground deletion until its pods are gone", WorkloadRows::waits),
                Behaviour.of("leaves the pods of a deployment that is deleted as an orphan", WorkloadRows::orphans),
                Behaviour.of("restarts nothing when a deployment is written as it was", WorkloadRows::keepsTemplates),
                Behaviour.of("gives a Service a cluster address", WorkloadRows::givesClusterIp),
                Behaviour.of("gives a re-created Service another cluster address", WorkloadRows::givesAnotherIp),
                Behaviour.of("keeps the address of a Service that an update leaves out", WorkloadRows::keepsIp),
                Behaviour.of("binds a claim to a volume", WorkloadRows::bindsClaims),
                Behaviour.of("keeps a deleted claim while a pod uses it", WorkloadRows::protectsClaims),
                Behaviour.of("empties a deleted namespace and then removes it", WorkloadRows::removesNamespaces));
    }

    private static void makesPods(Bench bench) {
        Deployment ready = bench.readyDeployment("d", 2);

        assertThat(ready.getStatus().getReplicas()).isEqualTo(2);
        assertThat(ready.getStatus().getObservedGeneration()).isEqualTo(1);
        List<Pod> pods = bench.podsOf("d");
        assertThat(pods).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getName()).startsWith(bench.name("d") + "-");
            assertThat(pod.getMetadata().getOwnerReferences().getFirst().getKind())
                    .isEqualTo("ReplicaSet");
            assertThat(pod.getMetadata().getLabels()).containsKey("pod-template-hash");
        });
    }

    private static void remakesPods(Bench bench) {
        bench.readyDeployment("d", 1);
        Pod first = bench.podsOf("d").getFirst();

        bench.client().resource(first).delete();

        bench.eventually(() -> uids(bench.podsOf("d")).stream()
                .anyMatch(uid -> !uid.equals(first.getMetadata().getUid())));
        bench.eventually(() ->
                Integer.valueOf(1).equals(bench.readDeployment("d").getStatus().getReadyReplicas()));
    }

    private static void scalesDown(Bench bench) {
        bench.readyDeployment("d", 2);

        deployment(bench).scale(0);

        bench.eventually(() -> bench.podsOf("d").isEmpty());
        bench.eventually(() -> {
            Integer left = bench.readDeployment("d").getStatus().getReplicas();
            return left == null || left == 0;
        });
        assertThat(bench.readDeployment("d").getSpec().getReplicas()).isZero();
    }

    private static void offersScale(Bench bench) {
        bench.readyDeployment("d", 1);

        assertThat(deployment(bench).scale().getSpec().getReplicas()).isEqualTo(1);
        deployment(bench).scale(2);

        bench.eventually(() ->
                Integer.valueOf(2).equals(deployment(bench).scale().getStatus().getReplicas()));
    }

    private static void recreates(Bench bench) {
        bench.client()
                .resource(bench.deployment("d", 1)
                        .editSpec()
                        .withNewStrategy()
                        .withType("Recreate")
                        .endStrategy()
                        .endSpec()
                        .build())
                .create();
        bench.eventually(() ->
                Integer.valueOf(1).equals(bench.readDeployment("d").getStatus().getReadyReplicas()));
        Set<String> before = uids(bench.podsOf("d"));

        bench.patchDeployment("d", "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"edition\":\"second\"}}}}}");

        bench.eventually(() -> {
            List<Pod> pods = bench.podsOf("d").stream()
                    .filter(pod -> !Set.of("Succeeded", "Failed")
                            .contains(pod.getStatus().getPhase()))
                    .toList();
            assertThat(pods.stream()
                            .map(pod -> pod.getMetadata().getLabels().getOrDefault("edition", "first"))
                            .collect(Collectors.toSet()))
                    .hasSizeLessThanOrEqualTo(1);
            return pods.size() == 1 && !before.containsAll(uids(pods));
        });
    }

    private static void collectsGarbage(Bench bench) {
        bench.readyDeployment("d", 1);

        deployment(bench).delete();

        bench.eventually(() -> bench.podsOf("d").isEmpty());
    }

    private static void waits(Bench bench) {
        bench.readyDeployment("d", 1);

        deployment(bench).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        bench.eventually(() -> {
            boolean gone = bench.readDeployment("d") == null;
            assertThat(gone && !bench.podsOf("d").isEmpty())
                    .as("gone before its pods")
                    .isFalse();
            return gone;
        });
    }

    private static void orphans(Bench bench) {
        bench.readyDeployment("d", 1);
        Set<String> before = uids(bench.podsOf("d"));

        deployment(bench).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        bench.eventually(() -> bench.readDeployment("d") == null);
        assertThat(uids(bench.podsOf("d"))).isEqualTo(before);
        assertThat(bench.podsOf("d"))
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNull());
        bench.client()
                .apps()
                .replicaSets()
                .inNamespace(bench.namespace())
                .withLabel("app", bench.name("d"))
                .delete();
    }

    private static void keepsTemplates(Bench bench) {
        Deployment ready = bench.readyDeployment("d", 1);
        Set<String> before = uids(bench.podsOf("d"));
        ready.getMetadata().setResourceVersion(null);
        ready.getSpec().setRevisionHistoryLimit(3);

        bench.client().resource(ready).update();

        bench.eventually(() -> bench.readDeployment("d").getStatus().getObservedGeneration() == 2);
        assertThat(uids(bench.podsOf("d"))).isEqualTo(before);
    }

    private static void givesClusterIp(Bench bench) {
        Service made = bench.createService("s");

        assertThat(made.getSpec().getClusterIP()).matches("[0-9a-f.:]+");
        assertThat(made.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(made.getSpec().getPorts().getFirst().getTargetPort().getIntVal())
                .isEqualTo(80);
    }

    private static void givesAnotherIp(Bench bench) {
        Service first = bench.createService("s");
        bench.client().resource(first).delete();
        bench.eventually(() -> bench.client().resource(first).get() == null);

        assertThat(bench.createService("s").getSpec().getClusterIP())
                .isNotEqualTo(first.getSpec().getClusterIP());
    }

    private static void keepsIp(Bench bench) {
        Service first = bench.createService("s");
        Service plain = bench.service("s")
                .editSpec()
                .withSessionAffinity("ClientIP")
                .endSpec()
                .build();

        Service updated = bench.client().resource(plain).update();

        assertThat(updated.getSpec().getClusterIP()).isEqualTo(first.getSpec().getClusterIP());
    }

    private static void bindsClaims(Bench bench) {
        bench.createClaim("claim");
        bench.client()
                .resource(bench.podWithClaim("p", "exit 0", "claim").build())
                .create();

        bench.eventually(
                () -> "Bound".equals(bench.readClaim("claim").getStatus().getPhase()));
        assertThat(bench.readClaim("claim").getSpec().getVolumeName()).isNotBlank();
    }

    private static void protectsClaims(Bench bench) {
        bench.createClaim("claim");
        bench.readyPod(bench.podWithClaim("p", "trap 'exit 0' TERM; while true; do sleep 0.1; done", "claim")
                .build());

        bench.client().resource(bench.readClaim("claim")).delete();
        assertThat(bench.readClaim("claim").getMetadata().getDeletionTimestamp())
                .isNotBlank();

        bench.podResource(bench.name("p")).delete();
        bench.eventually(() -> bench.readClaim("claim") == null);
    }

    private static void removesNamespaces(Bench bench) {
        String name = bench.namespace() + "-" + bench.name("extra");
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        bench.client().resource(namespace).create();
        Pod inside = bench.pod("p", "trap 'sleep 0.5; exit 0' TERM; while true; do sleep 0.1; done")
                .editMetadata()
                .withNamespace(name)
                .endMetadata()
                .build();
        bench.eventually(() -> isCreated(bench, inside));
        bench.eventually(() -> bench.client()
                .pods()
                .inNamespace(name)
                .withName(bench.name("p"))
                .isReady());

        bench.client().resource(namespace).delete();

        refused(
                403,
                "Forbidden",
                () -> bench.client()
                        .resource(bench.configMap("late", java.util.Map.of())
                                .editMetadata()
                                .withNamespace(name)
                                .endMetadata()
                                .build())
                        .create());
        bench.eventually(() -> bench.client().namespaces().withName(name).get() == null);
    }

    /** A real namespace takes pods only once its default service account is there. */
    private static boolean isCreated(Bench bench, Pod pod) {
        try {
            bench.client().resource(pod).create();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static RollableScalableResource<Deployment> deployment(Bench bench) {
        return bench.client()
                .apps()
                .deployments()
                .inNamespace(bench.namespace())
                .withName(bench.name("d"));
    }

    private static Set<String> uids(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }
}
