package dev.hubferry.fakes.kubernetes;

import static dev.hubferry.fakes.kubernetes.TestCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBalancerTest {

    private static final String MANIFEST = """
            apiVersion: v1
            kind: Service
            metadata: {name: proxy-public, namespace: hub, labels: {component: proxy-public}}
            spec:
              type: LoadBalancer
              selector: {component: proxy}
              ports: [{name: http, port: 80}]
            """;

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new TestCluster(FakeKubernetesConfig.builder("lb", directory)
                .loadBalancerAddresses("203.0.113.1", "lb-2.elb.example.com")
                .build());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void givesAnAddressAfterAWhile() {
        // When
        ObjectNode made = cluster.world().create(MANIFEST);

        // Then
        assertThat(Json.at(made, "status", "loadBalancer")).isEmpty();
        eventually(() -> "203.0.113.1".equals(Json.text(ingress(), "ip")));
    }

    @Test
    void givesAReCreatedServiceAnotherAddress() {
        // Given
        cluster.world().create(MANIFEST);
        eventually(() -> "203.0.113.1".equals(Json.text(ingress(), "ip")));
        cluster.world().delete(ResourceTypes.SERVICES, "hub", "proxy-public", DeleteOptions.standard());
        eventually(() -> service().isMissingNode());

        // When
        cluster.world().create(MANIFEST);

        // Then
        eventually(() -> "lb-2.elb.example.com".equals(Json.text(ingress(), "hostname")));
    }

    @Test
    void keepsADeletedServiceUntilItsLoadBalancerIsTakenDown() {
        // Given
        cluster.world().create(MANIFEST);
        eventually(() -> Json.has(ingress(), "ip"));

        // When
        cluster.world().delete(ResourceTypes.SERVICES, "hub", "proxy-public", DeleteOptions.standard());

        // Then
        assertThat(Json.text(service(), "metadata", "deletionTimestamp")).isNotEmpty();
        eventually(() -> service().isMissingNode());
    }

    @Test
    void redeployReplacesTheServiceAndItsAddresses() {
        // Given
        ObjectNode before = cluster.world().create(MANIFEST);
        eventually(() -> Json.has(ingress(), "ip"));

        // When
        ObjectNode after = cluster.world().redeploy("hub", Json.parse(MANIFEST));

        // Then
        assertThat(Json.text(after, "metadata", "uid")).isNotEqualTo(Json.text(before, "metadata", "uid"));
        assertThat(Json.text(after, "spec", "clusterIP")).isNotEqualTo(Json.text(before, "spec", "clusterIP"));
        eventually(() -> Json.has(ingress(), "hostname"));
    }

    @Test
    void leavesAServicePendingWhileNoAddressIsFree() {
        // Given
        for (String name : new String[] {"a", "b", "c"}) {
            cluster.world().create(MANIFEST.replace("name: proxy-public", "name: " + name));
        }
        eventually(() -> !ingress("a").isMissingNode() && !ingress("b").isMissingNode());
        assertThat(ingress("c").isMissingNode()).isTrue();

        // When
        cluster.world().delete(ResourceTypes.SERVICES, "hub", "a", DeleteOptions.standard());

        // Then
        eventually(() -> "203.0.113.1".equals(Json.text(ingress("c"), "ip")));
    }

    @Test
    void takesTheAddressBackWhenTheTypeChanges() {
        // Given
        cluster.world().create(MANIFEST);
        eventually(() -> Json.has(ingress(), "ip"));

        // When
        cluster.world().update(ResourceTypes.SERVICES, "hub", "proxy-public", service -> {
            Json.ensureObject(service, "spec").put("type", "ClusterIP");
            return service;
        });

        // Then
        eventually(() -> ingress().isMissingNode());
    }

    private JsonNode ingress() {
        return ingress("proxy-public");
    }

    private JsonNode ingress(String name) {
        return Json.at(service(name), "status", "loadBalancer", "ingress").path(0);
    }

    private JsonNode service() {
        return service("proxy-public");
    }

    private JsonNode service(String name) {
        return cluster.world()
                .find(ResourceTypes.SERVICES, "hub", name)
                .<JsonNode>map(found -> found)
                .orElseGet(() -> Json.object().path("absent"));
    }
}
