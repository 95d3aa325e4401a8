package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How services run. */
class DeploymentTest {
    /** What a service may need to stop: the executor, the relay and the requests have five seconds each. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private static final String FILES = "/etc/hubferry/files";

    @ParameterizedTest
    @EnumSource
    void aServiceIsFoundWhereItListens(Services service) {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        JsonNode container = container(rendered, service);

        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(service.port());
        JsonNode port = rendered.one("Service", service.object()).at("/spec/ports/0");
        assertThat(port.path("port").asInt()).isEqualTo(service.port());
        assertThat(port.path("targetPort").asText())
                .isEqualTo(container.at("/ports/0/name").asText());
        assertThat(environment(container)).containsEntry("QUARKUS_HTTP_HOST", "0.0.0.0");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsAskedForItsHealthAtItsPort(Services service) {
        JsonNode container = container(Chart.HUBFERRY.render(Options.MINIMAL), service);

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").asText())
                    .isEqualTo(container.at("/ports/0/name").asText());
            assertThat(container.path(probe).at("/httpGet/path").asText())
                    .isEqualTo(probe.equals("readinessProbe") ? "/q/health/ready" : "/q/health/live");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceHasItsSettingsAndSecretsAsFiles(Services service) {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        JsonNode container = container(rendered, service);

        Map<String, String> environment = environment(container);
        assertThat(environment.keySet())
                .containsExactlyInAnyOrder(
                        "QUARKUS_HTTP_HOST", "SMALLRYE_CONFIG_LOCATIONS", "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS");
        assertThat(mounts(container))
                .contains(
                        environment.get("SMALLRYE_CONFIG_LOCATIONS"),
                        environment.get("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS"));
        JsonNode secrets = volume(rendered, service, "secret-properties").at("/projected/sources");
        assertThat(secrets.findValuesAsText("path"))
                .containsExactly("quarkus.datasource.password", "kafka.sasl.jaas.config");
        assertThat(secrets.findValuesAsText("name"))
                .startsWith("ferry-hubferry-db-app", service.object())
                .hasSize(service == Services.DNS ? 3 : 2);
    }

    @ParameterizedTest
    @EnumSource
    void everyFileThatASettingNamesIsInADirectoryThatIsMounted(Services service) {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        String settings = rendered.one("ConfigMap", service.object())
                .path("data")
                .path("application.properties")
                .asText();
        Set<String> mounted = mounts(container(rendered, service));

        List<String> named = settings.lines()
                .flatMap(line -> List.of(line.split("[=&]", -1)).stream())
                .filter(part -> part.startsWith(FILES))
                .toList();
        assertThat(named)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(file -> assertThat(mounted).contains(file.substring(0, file.lastIndexOf('/'))));
    }

    @Test
    void everyVolumeIsMountedAndEveryMountIsAVolume() {
        Options.rendered()
                .forEach((option, rendered) -> assertThat(rendered.pods())
                        .as(option)
                        .allSatisfy(pod -> assertThat(Rendered.each(pod.at("/spec/volumes"))
                                        .map(volume -> volume.path("name").asText()))
                                .containsExactlyInAnyOrderElementsOf(
                                        Rendered.each(pod.at("/spec/containers/0/volumeMounts"))
                                                .map(mount -> mount.path("name").asText())
                                                .toList())));
    }

    @Test
    void copiesOfDatabasesStayInMemoryAndInADirectoryThatTheServiceMayMakeItsOwn() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        JsonNode work = volume(rendered, Services.DB_TRANSFER, "work").path("emptyDir");

        assertThat(work.path("medium").asText()).isEqualTo("Memory");
        assertThat(work.path("sizeLimit").asText()).isEqualTo("768Mi");
        // The mount itself belongs to root, and the service makes its directory 0700.
        assertThat(rendered.one("ConfigMap", Services.DB_TRANSFER.object()).toString())
                .contains("hubferry.db.work-directory=/var/lib/hubferry/db");
        assertThat(mounts(container(rendered, Services.DB_TRANSFER))).contains("/var/lib/hubferry");
    }

    @Test
    void changedSettingsStartTheirServiceAnewAndNoOther() {
        Rendered before = Chart.HUBFERRY.render(Options.MINIMAL);
        Rendered after = Chart.HUBFERRY.render(Options.MINIMAL, "dns: {settings: {a: b}}");

        for (Services service : Services.values()) {
            assertThat(template(before, service).equals(template(after, service)))
                    .as(service.service())
                    .isEqualTo(service != Services.DNS);
        }
    }

    @Test
    void anOrchestratorThatIsHeldBackIsNotStartedAnew() {
        Rendered before = Chart.HUBFERRY.render(Options.MINIMAL, "image: {tag: '1'}");
        Rendered after =
                Chart.HUBFERRY.render(Options.MINIMAL, "{image: {tag: '2'}, orchestrator: {image: {tag: '1'}}}");

        for (Services service : Services.values()) {
            assertThat(template(before, service).equals(template(after, service)))
                    .as(service.service())
                    .isEqualTo(service == Services.ORCHESTRATOR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoVersionsRunSideBySideAndNobodyIsMissed(Services service) {
        JsonNode deployment = Chart.HUBFERRY.render(Options.MINIMAL).one("Deployment", service.object());

        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        long preStop = deployment
                .at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asLong(0);
        assertThat(Duration.ofSeconds(deployment
                                .at("/spec/template/spec/terminationGracePeriodSeconds")
                                .asLong())
                        .minusSeconds(preStop))
                .isGreaterThanOrEqualTo(LONGEST_STOP.multipliedBy(2));
    }

    @Test
    void kedaAloneDecidesAboutReplicasOfParticipants() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);

        for (Services service : Services.values()) {
            assertThat(rendered.one("Deployment", service.object()).at("/spec").has("replicas"))
                    .isEqualTo(!Services.PARTICIPANTS.contains(service));
        }
        assertThat(rendered.ofKind("ScaledObject").map(Rendered::name))
                .containsExactlyInAnyOrderElementsOf(
                        Services.PARTICIPANTS.stream().map(Services::object).toList());
    }

    @Test
    void imagesAreNamedByTagOrDigest() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING, "k8s: {image: {tag: '7'}}");

        assertThat(container(rendered, Services.DNS).path("image").asText())
                .isEqualTo("registry.example.org/hubferry/dns-svc:0.1.0-SNAPSHOT");
        assertThat(container(rendered, Services.K8S).path("image").asText())
                .isEqualTo("registry.example.org/hubferry/k8s-svc:7");
        assertThat(container(rendered, Services.ORCHESTRATOR).path("image").asText())
                .matches("registry.example.org/hubferry/orchestrator-svc@sha256:[0-9a-f]{64}");
        assertThat(container(Chart.HUBFERRY.render(Options.MINIMAL), Services.DNS)
                        .path("image")
                        .asText())
                .isEqualTo("hubferry/dns-svc:0.1.0-SNAPSHOT");
    }

    private static JsonNode template(Rendered rendered, Services service) {
        return rendered.one("Deployment", service.object()).at("/spec/template");
    }

    private static JsonNode container(Rendered rendered, Services service) {
        return template(rendered, service).at("/spec/containers/0");
    }

    private static JsonNode volume(Rendered rendered, Services service, String name) {
        return Rendered.each(template(rendered, service).at("/spec/volumes"))
                .filter(volume -> volume.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(JsonNode container) {
        return Rendered.each(container.path("env"))
                .collect(Collectors.toMap(
                        each -> each.path("name").asText(),
                        each -> each.path("value").asText()));
    }

    private static Set<String> mounts(JsonNode container) {
        return Rendered.each(container.path("volumeMounts"))
                .map(mount -> mount.path("mountPath").asText())
                .collect(Collectors.toSet());
    }
}
