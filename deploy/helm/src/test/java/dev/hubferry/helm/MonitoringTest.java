package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard have one source, and find the services. */
class MonitoringTest {
    private static final Path OBSERVABILITY = Path.of("../observability");

    @Test
    void alertsAreThoseOfTheRepository() {
        Rendered rendered = Chart.HUBFERRY.render(Options.MINIMAL, "prometheus: {rules: {enabled: true}}");

        assertThat(rendered.one("PrometheusRule", "ferry-hubferry").path("spec"))
                .isEqualTo(Rendered.parse(Chart.read(OBSERVABILITY.resolve("hubferry.rules.yml"))));
    }

    @Test
    void runbooksAreFoundWhereTheRepositoryIs() {
        assertThat(Chart.HUBFERRY
                        .render(Options.EVERYTHING)
                        .one("PrometheusRule", "ferry-hubferry")
                        .findValuesAsText("runbook_url"))
                .isNotEmpty()
                .allMatch(url -> url.startsWith("https://git.example.org/hubferry/blob/main/docs/operations/"));
    }

    @Test
    void theDashboardIsThatOfTheRepository() {
        JsonNode map = Chart.HUBFERRY.render(Options.EVERYTHING).one("ConfigMap", "ferry-hubferry-dashboard");

        assertThat(map.path("data").path("hubferry-dashboard.json").asText())
                .isEqualTo(Chart.read(OBSERVABILITY.resolve("hubferry-dashboard.json")));
        assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    }

    @Test
    void theChartHasNoCopiesOfItsOwn() {
        for (String name : List.of("hubferry.rules.yml", "hubferry-dashboard.json")) {
            assertThat(Files.isSymbolicLink(
                            Chart.HUBFERRY.folder().resolve("files").resolve(name)))
                    .isTrue();
        }
    }

    @Test
    void servicesAreScrapedUnderTheirNames() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        JsonNode monitor = rendered.one("PodMonitor", "ferry-hubferry").path("spec");
        String label = monitor.path("jobLabel").asText();
        String excluded = monitor.at("/selector/matchExpressions/0/values/0").asText();

        List<JsonNode> scraped = rendered.pods()
                .filter(pod -> Labels.match(monitor.at("/selector/matchLabels"), pod.at("/metadata/labels")))
                .filter(pod -> !Labels.component(pod).equals(excluded))
                .toList();
        assertThat(scraped)
                .map(pod -> pod.at("/metadata/labels").path(label).asText())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Services.values()).map(Services::service).toList());
        assertThat(scraped)
                .allMatch(pod ->
                        pod.at("/spec/containers/0/ports/0/name").equals(monitor.at("/podMetricsEndpoints/0/port")));
        assertThat(monitor.at("/podMetricsEndpoints/0/path").asText()).isEqualTo("/q/metrics");
        // What alerts call them.
        String rules = Chart.read(OBSERVABILITY.resolve("hubferry.rules.yml"));
        assertThat(Pattern.compile("absent\\(up\\{job=\"([^\"]+)\"")
                        .matcher(rules)
                        .results())
                .map(found -> found.group(1))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Services.values()).map(Services::service).toList());
    }

    @Test
    void thePublicSeesNeitherHealthNorMetrics() {
        JsonNode ingress = Chart.HUBFERRY.render(Options.EVERYTHING).one("Ingress", Services.ORCHESTRATOR.object());
        List<JsonNode> paths =
                Rendered.each(ingress.at("/spec/rules/0/http/paths")).toList();

        for (String hidden : List.of("/q", "/q/metrics", "/q/health", "/q/health/ready")) {
            assertThat(paths).noneMatch(path -> leads(path, hidden));
        }
        for (String shown :
                List.of("/", "/ui", "/ui/migrations/x", "/api/v1/migrations", "/q/openapi", "/webjars/htmx.org/x")) {
            assertThat(paths).anyMatch(path -> leads(path, shown));
        }
        assertThat(ingress.at("/spec/tls/0/hosts/0")).isEqualTo(ingress.at("/spec/rules/0/host"));
        assertThat(ingress.at("/metadata/annotations")
                        .path("nginx.ingress.kubernetes.io/proxy-buffering")
                        .asText())
                .isEqualTo("off");
    }

    private static boolean leads(JsonNode path, String asked) {
        String own = path.path("path").asText();
        return asked.equals(own) || (path.path("pathType").asText().equals("Prefix") && asked.startsWith(own + "/"));
    }
}
