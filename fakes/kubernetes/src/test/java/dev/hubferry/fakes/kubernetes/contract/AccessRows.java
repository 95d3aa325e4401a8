package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;

/** Rows about who may do what. */
final class AccessRows {

    private AccessRows() {}

    static List<Behaviour> all() {
        return List.of(
                reviews("get", "pods", "", true),
                reviews("list", "pods", "", true),
                reviews("delete", "pods", "", false),
                reviews("get", "secrets", "", false),
                reviews("create", "pods", "exec", false),
                Behaviour.of("lets somebody do what the rules allow", AccessRows::allows),
                Behaviour.of("refuses with 403 what the rules do not allow", AccessRows::refuses),
                Behaviour.of("refuses an exec that the rules do not allow", AccessRows::refusesExec),
                Behaviour.of("refuses to list other namespaces", AccessRows::refusesElsewhere));
    }

    private static Behaviour reviews(String verb, String resource, String subresource, boolean allowed) {
        String what = subresource.isEmpty() ? resource : resource + "/" + subresource;
        String statement = "says that somebody restricted %s %s %s".formatted(allowed ? "may" : "may not", verb, what);
        return Behaviour.of(statement, bench -> {
            assertThat(review(bench, bench.restrictedClient(), verb, resource, subresource))
                    .isEqualTo(allowed);
            assertThat(review(bench, bench.client(), verb, resource, subresource))
                    .isTrue();
        });
    }

    private static boolean review(
            Bench bench, KubernetesClient client, String verb, String resource, String subresource) {
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(bench.namespace())
                        .withVerb(verb)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private static void allows(Bench bench) {
        assertThat(bench.restrictedClient()
                        .pods()
                        .inNamespace(bench.namespace())
                        .withLabels(bench.label())
                        .list()
                        .getItems())
                .isEqualTo(List.of());
    }

    private static void refuses(Bench bench) {
        refused(
                403,
                "Forbidden",
                () -> bench.restrictedClient()
                        .resource(bench.configMap("a", Map.of()).build())
                        .create());
        assertThat(bench.readConfigMap("a")).isNull();
    }

    private static void refusesExec(Bench bench) {
        bench.readyPod("p");

        assertThatThrownBy(() -> bench.restrictedClient()
                        .pods()
                        .inNamespace(bench.namespace())
                        .withName(bench.name("p"))
                        .writingOutput(java.io.OutputStream.nullOutputStream())
                        .exec("true")
                        .close())
                .isInstanceOf(KubernetesClientException.class);
    }

    private static void refusesElsewhere(Bench bench) {
        refused(
                403,
                "Forbidden",
                () -> bench.restrictedClient().pods().inNamespace("kube-system").list());
        refused(
                403,
                "Forbidden",
                () -> bench.restrictedClient().pods().inAnyNamespace().list());
    }
}
