package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.k8s.domain.check.RequiredAccess;
import dev.hubferry.k8s.domain.cluster.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What accounts may do, verb by verb, is what services need, and nothing else. */
class AccessTest {
    private static final String INGRESS = "support";

    @Test
    void k8sMayDoAtTheSourceWhatItNeeds() {
        assertThat(granted(Chart.ACCESS.render("hubs: {source: [astro]}"), "ferry-hubferry-k8s"))
                .containsExactlyInAnyOrderElementsOf(RequiredAccess.toSource("astro", INGRESS));
    }

    @Test
    void k8sMayDoAtTheTargetWhatItNeeds() {
        assertThat(granted(Chart.ACCESS.render("hubs: {target: [astro]}"), "ferry-hubferry-k8s"))
                .containsExactlyInAnyOrderElementsOf(RequiredAccess.toTarget("astro", INGRESS));
    }

    @Test
    void whoIsBothHasBoth() {
        Set<Access> needed = new HashSet<>(RequiredAccess.toSource("astro", INGRESS));
        needed.addAll(RequiredAccess.toSource("geo", INGRESS));
        needed.addAll(RequiredAccess.toTarget("geo", INGRESS));

        assertThat(granted(Chart.ACCESS.render("hubs: {source: [astro, geo], target: [geo]}"), "ferry-hubferry-k8s"))
                .containsExactlyInAnyOrderElementsOf(needed);
    }

    /** What db-transfer-svc needs is in ADR 0007; its own tests move a database with no more than this. */
    @Test
    void dbTransferMayDoWhatItNeeds() {
        assertThat(granted(Chart.ACCESS.render("hubs: {source: [astro]}"), "ferry-hubferry-db-transfer"))
                .containsExactlyInAnyOrder(
                        new Access("list", "apps", "deployments", "astro"),
                        new Access("get", "", "secrets", "astro"),
                        new Access("get", "", "persistentvolumeclaims", "astro"),
                        new Access("get", "", "pods", "astro"),
                        new Access("list", "", "pods", "astro"),
                        new Access("watch", "", "pods", "astro"),
                        new Access("create", "", "pods", "astro"),
                        new Access("delete", "", "pods", "astro"),
                        new Access("get", "", "pods/exec", "astro"),
                        new Access("create", "", "pods/exec", "astro"));
    }

    @Test
    void withoutHubsNothingButPodsAndVolumesAndTheIngressMayBeLookedAt() {
        Rendered rendered = Chart.ACCESS.render();

        assertThat(granted(rendered, "ferry-hubferry-k8s"))
                .containsExactlyInAnyOrder(
                        new Access("list", "", "pods", ""),
                        new Access("list", "", "persistentvolumes", ""),
                        new Access("list", "", "services", INGRESS));
        assertThat(granted(rendered, "ferry-hubferry-db-transfer")).isEmpty();
    }

    @Test
    void hubferryItselfMayDoNothingInItsCluster() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);

        assertThat(rendered.objects())
                .map(each -> each.path("kind").asText())
                .doesNotContain("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
        assertThat(rendered.ofKind("ServiceAccount"))
                .hasSize(5)
                .allMatch(
                        account -> !account.path("automountServiceAccountToken").asBoolean(true));
        assertThat(rendered.pods())
                .allMatch(pod -> !pod.at("/spec/automountServiceAccountToken").asBoolean(true));
    }

    /** Every verb that an account has by its bindings. */
    private static Set<Access> granted(Rendered rendered, String account) {
        Set<Access> granted = new HashSet<>();
        Stream.of("RoleBinding", "ClusterRoleBinding").flatMap(rendered::ofKind).forEach(binding -> {
            assertThat(binding.path("subjects")).hasSize(1);
            JsonNode subject = binding.at("/subjects/0");
            assertThat(subject.path("namespace").asText()).isEqualTo(Chart.NAMESPACE);
            assertThat(rendered.one("ServiceAccount", subject.path("name").asText()))
                    .isNotNull();
            if (subject.path("name").asText().equals(account)) {
                String namespace = binding.at("/metadata/namespace").asText("");
                JsonNode role = rendered.ofKind(binding.at("/roleRef/kind").asText())
                        .filter(each -> Rendered.name(each)
                                .equals(binding.at("/roleRef/name").asText()))
                        .filter(each ->
                                each.at("/metadata/namespace").asText("").equals(namespace))
                        .findFirst()
                        .orElseThrow();
                role.path("rules").forEach(rule -> granted.addAll(verbs(rule, namespace)));
            }
        });
        return granted;
    }

    private static List<Access> verbs(JsonNode rule, String namespace) {
        return Rendered.each(rule.path("apiGroups"))
                .flatMap(group -> Rendered.each(rule.path("resources"))
                        .flatMap(resource -> Rendered.each(rule.path("verbs"))
                                .map(verb -> new Access(verb.asText(), group.asText(), resource.asText(), namespace))))
                .toList();
    }
}
