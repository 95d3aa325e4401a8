package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every pod passes the Pod Security Standard <i>restricted</i>, control by control, and has no file system that it can write to. */
class RestrictedTest {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range");

    @TestFactory
    Stream<DynamicTest> everyPodIsRestricted() {
        return Options.rendered().entrySet().stream()
                .map(option -> DynamicTest.dynamicTest(
                        option.getKey(),
                        () -> assertThat(option.getValue().pods().toList())
                                .hasSize(6)
                                .flatMap(RestrictedTest::faults)
                                .isEmpty()));
    }

    private static List<String> faults(JsonNode pod) {
        List<String> faults = new ArrayList<>();
        JsonNode spec = pod.path("spec");
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            check(faults, !spec.path(host).asBoolean(), host);
        }
        spec.path("volumes")
                .forEach(volume -> volume.fieldNames()
                        .forEachRemaining(kind ->
                                check(faults, kind.equals("name") || VOLUMES.contains(kind), "volume " + kind)));
        JsonNode security = spec.path("securityContext");
        security.path("sysctls")
                .forEach(
                        each -> check(faults, SYSCTLS.contains(each.path("name").asText()), "sysctl " + each));
        check(faults, security.path("runAsUser").asInt(1) != 0, "runAsUser of the pod");
        for (String kind : List.of("initContainers", "containers", "ephemeralContainers")) {
            spec.path(kind).forEach(container -> {
                List<String> ofContainer = new ArrayList<>();
                container(ofContainer, security, container);
                ofContainer.forEach(fault -> faults.add(container.path("name").asText() + ": " + fault));
            });
        }
        return faults;
    }

    private static void container(List<String> faults, JsonNode ofPod, JsonNode container) {
        JsonNode security = container.path("securityContext");
        check(faults, !security.path("privileged").asBoolean(), "privileged");
        check(faults, !security.path("allowPrivilegeEscalation").asBoolean(true), "allowPrivilegeEscalation");
        check(
                faults,
                security.path("runAsNonRoot")
                        .asBoolean(ofPod.path("runAsNonRoot").asBoolean()),
                "runAsNonRoot");
        check(faults, security.path("runAsUser").asInt(1) != 0, "runAsUser");
        check(
                faults,
                PROFILES.contains(security.at("/seccompProfile/type")
                        .asText(ofPod.at("/seccompProfile/type").asText())),
                "seccompProfile");
        check(
                faults,
                Rendered.each(security.at("/capabilities/drop"))
                        .anyMatch(each -> each.asText().equals("ALL")),
                "capabilities.drop");
        check(
                faults,
                Rendered.each(security.at("/capabilities/add"))
                        .allMatch(each -> each.asText().equals("NET_BIND_SERVICE")),
                "capabilities.add");
        check(faults, Set.of("", "Default").contains(security.path("procMount").asText()), "procMount");
        container.path("ports").forEach(port -> check(faults, !port.has("hostPort"), "hostPort"));
        // Not of the standard, but ours.
        check(faults, security.path("readOnlyRootFilesystem").asBoolean(), "readOnlyRootFilesystem");
        check(faults, container.at("/resources/limits/memory").isTextual(), "limit of memory");
        check(faults, container.at("/resources/requests/cpu").isTextual(), "request of CPU");
    }

    private static void check(List<String> faults, boolean good, String what) {
        if (!good) {
            faults.add(what);
        }
    }
}
