package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may speak to whom. */
class NetworkPolicyTest {
    @Test
    void nothingGoesInOrOutUnlessItIsSaid() {
        Rendered rendered = Chart.HUBFERRY.render(Options.MINIMAL);
        JsonNode nothing =
                rendered.one("NetworkPolicy", "ferry-hubferry-nothing").path("spec");

        assertThat(nothing.path("policyTypes")).map(JsonNode::asText).containsExactly("Ingress", "Egress");
        assertThat(nothing.has("ingress")).isFalse();
        assertThat(nothing.has("egress")).isFalse();
        assertThat(rendered.pods()).hasSize(6).allMatch(pod -> selects(nothing, pod));
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyIsForItsServiceAlone(Services service) {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        JsonNode policy = rendered.one("NetworkPolicy", service.object()).path("spec");

        assertThat(rendered.pods().filter(pod -> selects(policy, pod)))
                .singleElement()
                .satisfies(pod -> assertThat(Labels.component(pod)).isEqualTo(service.service()));
        assertThat(policy.path("policyTypes")).map(JsonNode::asText).containsExactly("Ingress", "Egress");
    }

    @ParameterizedTest
    @CsvSource({
        "ORCHESTRATOR, 53/TCP 53/UDP 5432/TCP 9092/TCP 9093/TCP 443/TCP",
        "STORAGE, 53/TCP 53/UDP 5432/TCP 9092/TCP 9093/TCP 22/TCP",
        "K8S, 53/TCP 53/UDP 5432/TCP 9092/TCP 9093/TCP 443/TCP 6443/TCP",
        "DB_TRANSFER, 53/TCP 53/UDP 5432/TCP 9092/TCP 9093/TCP 443/TCP 6443/TCP",
        "DNS, 53/TCP 53/UDP 5432/TCP 9092/TCP 9093/TCP 443/TCP",
    })
    void aServiceGetsOutAtThePortsItNeeds(Services service, String ports) {
        JsonNode policy = policy(Chart.HUBFERRY.render(Options.MINIMAL), service);

        assertThat(ports(policy.path("egress"))).containsExactlyInAnyOrder(ports.split(" "));
    }

    @Test
    void nameServersAreAskedAnywhereByDnsSvcAloneAndTheResolverByAll() {
        Rendered rendered = Chart.HUBFERRY.render(Options.MINIMAL);

        for (Services service : Services.values()) {
            assertThat(Rendered.each(policy(rendered, service).path("egress"))
                            .filter(way -> ports(List.of(way)).contains("53/UDP"))
                            .map(way -> way.path("to").toString().contains("0.0.0.0/0")))
                    .containsExactlyElementsOf(service == Services.DNS ? List.of(false, true) : List.of(false));
        }
    }

    @Test
    void noWayIsOpenToEverywhereByAnEmptyList() {
        Options.rendered()
                .forEach((option, rendered) -> assertThat(rendered.ofKind("NetworkPolicy")
                                .flatMap(policy -> Stream.concat(
                                        Rendered.each(policy.at("/spec/ingress"))
                                                .map(way -> way.path("from")),
                                        Rendered.each(policy.at("/spec/egress")).map(way -> way.path("to")))))
                        .as(option)
                        .allSatisfy(peers -> assertThat(peers).isNotEmpty()));
        Rendered closed = Chart.HUBFERRY.render(
                Options.MINIMAL, "networkPolicy: {monitoring: [], storageServers: {to: []}, nameServers: {ports: []}}");
        assertThat(policy(closed, Services.STORAGE).path("ingress")).isEmpty();
        assertThat(ports(policy(closed, Services.STORAGE).path("egress"))).doesNotContain("22/TCP");
        assertThat(Rendered.each(policy(closed, Services.DNS).path("egress"))
                        .filter(way -> ports(List.of(way)).contains("53/UDP")))
                .hasSize(1);
    }

    @Test
    void metricsAreReadByMonitoringAndTheOrchestratorIsCalledByCallers() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);

        for (Services service : Services.values()) {
            List<JsonNode> from = Rendered.each(policy(rendered, service).at("/ingress/0/from"))
                    .toList();
            assertThat(from.toString()).contains("\"kubernetes.io/metadata.name\":\"monitoring\"");
            assertThat(from.toString().contains("\"kubernetes.io/metadata.name\":\"ingress-nginx\""))
                    .isEqualTo(service == Services.ORCHESTRATOR);
            // A port by its name has to be one of the pod's.
            String port =
                    policy(rendered, service).at("/ingress/0/ports/0/port").asText();
            assertThat(rendered.one("Deployment", service.object())
                            .at("/spec/template/spec/containers/0/ports/0/name")
                            .asText())
                    .isEqualTo(port);
        }
    }

    @Test
    void theTestsPodReachesTheOrchestratorAndNothingElse() {
        Rendered rendered = Chart.HUBFERRY.render(Options.MINIMAL);
        JsonNode pod = rendered.one("Pod", "ferry-hubferry-test");
        JsonNode orchestrator = policy(rendered, Services.ORCHESTRATOR);
        JsonNode own = rendered.one("NetworkPolicy", "ferry-hubferry-test").path("spec");

        assertThat(rendered.pods().filter(each -> selects(own, each))).containsExactly(pod);
        assertThat(Rendered.each(orchestrator.at("/ingress/0/from")))
                .anyMatch(peer -> !peer.has("namespaceSelector")
                        && Labels.match(peer.at("/podSelector/matchLabels"), pod.at("/metadata/labels")));
        assertThat(ports(own.path("egress"))).containsExactlyInAnyOrder("53/TCP", "53/UDP", "8080/TCP");
        assertThat(pod.at("/spec/containers/0/command").toString())
                .contains("http://" + Services.ORCHESTRATOR.object() + ":" + Services.ORCHESTRATOR.port()
                        + "/q/health/ready");
    }

    @Test
    void withOperatorsTheirPodsAloneAreReached() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);

        for (Services service : Services.values()) {
            JsonNode egress = policy(rendered, service).path("egress");
            assertThat(Rendered.each(egress).filter(way -> ports(List.of(way)).contains("9093/TCP")))
                    .singleElement()
                    .asString()
                    .contains("\"strimzi.io/cluster\":\"events\"", "\"kubernetes.io/metadata.name\":\"moving\"");
            assertThat(Rendered.each(egress).filter(way -> ports(List.of(way)).contains("5432/TCP")))
                    .singleElement()
                    .asString()
                    .contains("\"cnpg.io/cluster\":\"ferry-hubferry-db\"");
        }
    }

    private static JsonNode policy(Rendered rendered, Services service) {
        return rendered.one("NetworkPolicy", service.object()).path("spec");
    }

    private static boolean selects(JsonNode policy, JsonNode pod) {
        return Labels.match(policy.at("/podSelector/matchLabels"), pod.at("/metadata/labels"));
    }

    private static Set<String> ports(Iterable<JsonNode> ways) {
        Set<String> found = new TreeSet<>();
        ways.forEach(way -> way.path("ports")
                .forEach(port -> found.add(
                        port.path("port").asText() + "/" + port.path("protocol").asText())));
        return found;
    }
}
