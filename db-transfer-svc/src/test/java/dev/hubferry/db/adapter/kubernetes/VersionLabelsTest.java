package dev.hubferry.db.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.HubVersion;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionLabelsTest {
    private static HubVersion of(Map<String, String> labels, Map<String, String> podLabels, String image) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(podLabels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("hub")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        return VersionLabels.of(new HubWorkload(new HubRef("c", "n", Optional.empty()), deployment));
    }

    @ParameterizedTest
    @CsvSource({
        "app.kubernetes.io/version, 4.1.5, 4.1.5",
        "helm.sh/chart, jupyterhub-3.3.8, 4.0",
        "chart, jupyterhub-2.0.0, 3.0",
        "chart, jupyterhub-4.2.0, 5.0",
        "chart, jupyterhub-1.2.0-0.dev.git.1234.h5678, 1.5"
    })
    void readsLabelsOfTheDeploymentOrItsPods(String label, String value, String version) {
        assertThat(of(Map.of(label, value), Map.of(), "x")).isEqualTo(new HubVersion.Known(version, "label " + label));
        assertThat(of(Map.of(), Map.of(label, value), "x")).isEqualTo(new HubVersion.Known(version, "label " + label));
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/jupyterhub/k8s-hub:3.3.8, 4.0",
        "jupyterhub/k8s-hub:2.0.0@sha256:abcd, 3.0",
        "localhost:5000/jupyterhub/jupyterhub:5.2.1, 5.2.1"
    })
    void readsTagsOfWellKnownImages(String image, String version) {
        assertThat(of(Map.of(), Map.of(), image)).isEqualTo(new HubVersion.Known(version, "image " + image));
    }

    @Test
    void doesNotGuess() {
        assertThat(of(Map.of("chart", "ours-3.0.0"), Map.of(), "quay.io/ours/hub:3.0.0"))
                .isEqualTo(new HubVersion.Unknown());
        assertThat(of(Map.of("chart", "jupyterhub-9.0.0"), Map.of(), "jupyterhub/k8s-hub:latest"))
                .isEqualTo(new HubVersion.Unknown());
    }

    @Test
    void believesTheVersionLabelFirst() {
        assertThat(of(
                        Map.of("app.kubernetes.io/version", "5.1.0", "helm.sh/chart", "jupyterhub-3.3.8"),
                        Map.of(),
                        "jupyterhub/k8s-hub:2.0.0"))
                .isEqualTo(new HubVersion.Known("5.1.0", "label app.kubernetes.io/version"));
    }
}
