package dev.hubferry.k8s.adapter.fabric8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubSettings.Storage;
import dev.hubferry.k8s.domain.naming.SlugScheme;
import java.util.Locale;
import java.util.Optional;

/** Reads the few values of the chart that matter, and lets go of the rest, which holds every secret of the hub. */
final class ChartValues {
    private static final YAMLMapper YAML = new YAMLMapper();

    private ChartValues() {}

    /** Empty when it is no YAML; what is wrong with it is not said, for the message would quote it. */
    static Optional<HubSettings> read(String valuesYaml) {
        try {
            JsonNode values = YAML.readTree(valuesYaml);
            return values.isObject() ? Optional.of(settings(values)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static HubSettings settings(JsonNode values) {
        JsonNode storage = values.at("/singleuser/storage");
        JsonNode config = values.at("/hub/config");
        return new HubSettings(
                storage(text(storage.path("type"))),
                text(storage.at("/static/pvcName")),
                text(storage.at("/static/subPath")),
                text(config.at("/KubeSpawner/slug_scheme")).flatMap(ChartValues::scheme),
                text(values.at("/Chart/Version")),
                slashed(text(config.at("/JupyterHub/base_url"))
                        .or(() -> text(values.at("/hub/baseUrl")))
                        .orElse("/")),
                text(storage.path("homeMountPath")).orElse(HubSettings.DEFAULT_HOME));
    }

    private static Storage storage(Optional<String> type) {
        return switch (type.orElse("")) {
            case "dynamic" -> Storage.DYNAMIC;
            case "static" -> Storage.STATIC;
            case "none" -> Storage.NONE;
            default -> Storage.UNKNOWN;
        };
    }

    private static Optional<SlugScheme> scheme(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "escape" -> Optional.of(SlugScheme.ESCAPE);
            case "safe" -> Optional.of(SlugScheme.SAFE);
            default -> Optional.empty();
        };
    }

    private static String slashed(String path) {
        String inner = path.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? "/" : "/" + inner + "/";
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
