package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.db.domain.HubVersion;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a hub's JupyterHub version off labels and image, where nothing better tells.
 *
 * <p>The chart zero-to-jupyterhub has versions of its own, which are also the tags of its image {@code k8s-hub}: chart 1 brings
 * JupyterHub 1.x, chart 2 JupyterHub 3.x, chart 3 JupyterHub 4.x, chart 4 JupyterHub 5.x (its changelog).
 */
final class VersionLabels {
    private static final Map<String, String> JUPYTERHUB_OF_CHART =
            Map.of("1", "1.5", "2", "3.0", "3", "4.0", "4", "5.0");
    private static final Pattern CHART = Pattern.compile("jupyterhub-(\\d+)\\.\\d+.*");
    private static final Pattern IMAGE = Pattern.compile("(?:.*/)?([^/:@]+):v?((\\d+)\\.\\d+[^@]*)(?:@.*)?");

    private VersionLabels() {}

    static HubVersion of(HubWorkload workload) {
        return ofLabels(HubWorkload.labels(workload.deployment()))
                .or(() -> ofLabels(templateLabels(workload)))
                .or(() -> ofImage(workload.container().getImage()))
                .orElseGet(HubVersion.Unknown::new);
    }

    private static Map<String, String> templateLabels(HubWorkload workload) {
        var metadata = workload.deployment().getSpec().getTemplate().getMetadata();
        return metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
    }

    private static Optional<HubVersion> ofLabels(Map<String, String> labels) {
        String version = labels.get("app.kubernetes.io/version");
        if (version != null && !version.isBlank()) {
            return Optional.of(new HubVersion.Known(version, "label app.kubernetes.io/version"));
        }
        return ofChart(labels, "helm.sh/chart").or(() -> ofChart(labels, "chart"));
    }

    private static Optional<HubVersion> ofChart(Map<String, String> labels, String label) {
        Matcher chart = CHART.matcher(labels.getOrDefault(label, ""));
        return chart.matches() ? jupyterHubOf(chart.group(1), "label " + label) : Optional.empty();
    }

    private static Optional<HubVersion> ofImage(String image) {
        Matcher parts = IMAGE.matcher(image);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return switch (parts.group(1)) {
            case "k8s-hub" -> jupyterHubOf(parts.group(3), "image " + image);
            case "jupyterhub" -> Optional.of(new HubVersion.Known(parts.group(2), "image " + image));
            default -> Optional.empty();
        };
    }

    private static Optional<HubVersion> jupyterHubOf(String chartMajor, String evidence) {
        return Optional.ofNullable(JUPYTERHUB_OF_CHART.get(chartMajor))
                .map(version -> new HubVersion.Known(version, evidence));
    }
}
