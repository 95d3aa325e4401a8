package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Rows about what the API server fills in, refuses and keeps fixed. */
final class AdmissionRows {

    private AdmissionRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("turns a Secret's stringData into data", AdmissionRows::encodesSecrets),
                Behaviour.of("ignores a status that comes with the object", AdmissionRows::ignoresStatusInMain),
                Behaviour.of("changes nothing on a dry run", AdmissionRows::changesNothingOnDryRun),
                Behaviour.of("refuses a pod without containers with 422 Invalid", AdmissionRows::refusesEmptyPods),
                Behaviour.of("refuses a bad name with 422 Invalid", AdmissionRows::refusesBadNames),
                Behaviour.of("refuses a deployment whose selector misses its template", AdmissionRows::refusesMismatch),
                Behaviour.of("refuses a change of a Service's clusterIP", AdmissionRows::keepsClusterIp),
                Behaviour.of("refuses a clusterIP that is taken", AdmissionRows::refusesTakenClusterIp),
                Behaviour.of("refuses a change of a pod's command", AdmissionRows::keepsPodSpec));
    }

    private static void refusesEmptyPods(Bench bench) {
        Pod empty = bench.pod("p", "true").editSpec().withContainers().endSpec().build();

        refused(422, "Invalid", () -> bench.client().resource(empty).create());
    }

    private static void refusesBadNames(Bench bench) {
        ConfigMap bad = bench.configMap("Not_A_Name", Map.of()).build();

        refused(422, "Invalid", () -> bench.client().resource(bad).create());
    }

    private static void refusesMismatch(Bench bench) {
        refused(
                422,
                "Invalid",
                () -> bench.client()
                        .resource(bench.deployment("d", 1)
                                .editSpec()
                                .editSelector()
                                .addToMatchLabels("app", "other")
                                .endSelector()
                                .endSpec()
                                .build())
                        .create());
    }

    private static void keepsClusterIp(Bench bench) {
        Service made = bench.createService("s");
        Service other = bench.createService("t");
        bench.client().resource(other).delete();
        made.getSpec().setClusterIP(other.getSpec().getClusterIP());
        made.getSpec().setClusterIPs(List.of(other.getSpec().getClusterIP()));

        refused(422, "Invalid", () -> bench.client().resource(made).update());
    }

    private static void refusesTakenClusterIp(Bench bench) {
        String taken = bench.createService("s").getSpec().getClusterIP();
        Service wanting =
                bench.service("t").editSpec().withClusterIP(taken).endSpec().build();

        refused(422, "Invalid", () -> bench.client().resource(wanting).create());
        bench.client()
                .services()
                .inNamespace(bench.namespace())
                .withName(bench.name("s"))
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        bench.eventually(() -> bench.client().resource(wanting).get() == null);
        bench.eventually(() -> createdOrTaken(bench, wanting));
        assertThat(bench.client().resource(wanting).get().getSpec().getClusterIP())
                .isEqualTo(taken);
    }

    private static void keepsPodSpec(Bench bench) {
        bench.client().resource(bench.pod("p", "true").build()).create();

        refused(
                422,
                "Invalid",
                () -> bench.podResource(bench.name("p"))
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\":\"replace\",\"path\":\"/spec/containers/0/command\",\"value\":[\"false\"]}]"));
    }

    private static void encodesSecrets(Bench bench) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(bench.name("s"))
                .withNamespace(bench.namespace())
                .endMetadata()
                .addToStringData("password", "pässword")
                .build();

        Secret made = bench.client().resource(secret).create();

        assertThat(made.getStringData()).isNullOrEmpty();
        assertThat(new String(Base64.getDecoder().decode(made.getData().get("password")), StandardCharsets.UTF_8))
                .isEqualTo("pässword");
        assertThat(made.getType()).isEqualTo("Opaque");
    }

    private static void ignoresStatusInMain(Bench bench) {
        Service service = new ServiceBuilder(bench.service("s").build())
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp("198.51.100.9")
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();

        Service made = bench.client().resource(service).create();

        assertThat(made.getStatus().getLoadBalancer().getIngress()).isNullOrEmpty();
    }

    private static void changesNothingOnDryRun(Bench bench) {
        bench.client().resource(bench.configMap("a", Map.of()).build()).dryRun().create();

        assertThat(bench.readConfigMap("a")).isNull();
    }

    /** A real cluster frees a cluster IP a moment after its Service is gone. */
    private static boolean createdOrTaken(Bench bench, Service wanting) {
        try {
            bench.client().resource(wanting).create();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
