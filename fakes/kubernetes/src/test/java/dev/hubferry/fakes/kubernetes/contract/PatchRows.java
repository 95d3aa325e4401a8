package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** Rows about the four kinds of patches. */
final class PatchRows {

    private PatchRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("merges maps, and removes what is null, by merge patch", PatchRows::mergesMaps),
                Behaviour.of("replaces a list by merge patch", PatchRows::replacesLists),
                Behaviour.of("merges containers by name by strategic merge patch", PatchRows::mergesContainers),
                Behaviour.of("adds labels and annotations by strategic merge patch", PatchRows::mergesMetadata),
                Behaviour.of("applies a JSON patch in order", PatchRows::appliesJsonPatch),
                Behaviour.of("refuses a JSON patch that does not fit", PatchRows::refusesUnfitJsonPatch),
                Behaviour.of("refuses a patch that names a stale version with 409", PatchRows::refusesStalePatch),
                Behaviour.of("creates, then merges, by server-side apply", PatchRows::applies));
    }

    private static ConfigMap patch(Bench bench, PatchType type, String patch) {
        return bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withName(bench.name("a"))
                .patch(PatchContext.of(type), patch);
    }

    private static void mergesMaps(Bench bench) {
        bench.createConfigMap("a", Map.of("colour", "red"));

        ConfigMap patched = patch(
                bench,
                PatchType.JSON_MERGE,
                "{\"data\":{\"key\":null,\"other\":\"new\"},\"metadata\":{\"labels\":{\"colour\":\"blue\"}}}");

        assertThat(patched.getData()).isEqualTo(Map.of("other", "new"));
        assertThat(patched.getMetadata().getLabels())
                .containsEntry("colour", "blue")
                .containsAllEntriesOf(bench.label());
    }

    private static void replacesLists(Bench bench) {
        bench.createService("s");

        assertThat(bench.client()
                        .services()
                        .inNamespace(bench.namespace())
                        .withName(bench.name("s"))
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"ports\":[{\"port\":8000}]}}")
                        .getSpec()
                        .getPorts())
                .extracting(port -> port.getPort())
                .containsExactly(8000);
    }

    private static void mergesContainers(Bench bench) {
        bench.client().resource(bench.deployment("d", 0).build()).create();

        Container container = bench.client()
                .apps()
                .deployments()
                .inNamespace(bench.namespace())
                .withName(bench.name("d"))
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                        {"spec": {"template": {"spec": {"containers": [
                          {"name": "main", "env": [{"name": "COLOUR", "value": "red"}]}]}}}}
                        """)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();

        assertThat(container.getImage()).isEqualTo(bench.image());
        assertThat(container.getEnv().getFirst().getName()).isEqualTo("COLOUR");
    }

    private static void mergesMetadata(Bench bench) {
        bench.createConfigMap("a", Map.of());

        ConfigMap patched = patch(
                bench,
                PatchType.STRATEGIC_MERGE,
                "{\"metadata\":{\"labels\":{\"new\":\"label\"},\"annotations\":{\"note\":\"x\"}}}");

        assertThat(patched.getMetadata().getLabels())
                .containsEntry("new", "label")
                .containsAllEntriesOf(bench.label());
        assertThat(patched.getMetadata().getAnnotations()).containsEntry("note", "x");
    }

    private static void appliesJsonPatch(Bench bench) {
        bench.createConfigMap("a", Map.of());

        ConfigMap patched = patch(bench, PatchType.JSON, """
                [{"op": "test", "path": "/data/key", "value": "value"},
                 {"op": "copy", "from": "/data/key", "path": "/data/copy"},
                 {"op": "replace", "path": "/data/key", "value": "changed"},
                 {"op": "add", "path": "/metadata/annotations", "value": {"a~b/c": "1"}},
                 {"op": "remove", "path": "/metadata/annotations/a~0b~1c"}]
                """);

        assertThat(patched.getData()).isEqualTo(Map.of("key", "changed", "copy", "value"));
        assertThat(patched.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    private static void refusesUnfitJsonPatch(Bench bench) {
        bench.createConfigMap("a", Map.of());

        refused(
                422,
                "Invalid",
                () -> patch(bench, PatchType.JSON, "[{\"op\":\"test\",\"path\":\"/data/key\",\"value\":\"other\"}]"));
    }

    private static void refusesStalePatch(Bench bench) {
        String stale = bench.createConfigMap("a", Map.of()).getMetadata().getResourceVersion();
        patch(bench, PatchType.JSON_MERGE, "{\"data\":{\"key\":\"second\"}}");

        refused(
                409,
                "Conflict",
                () -> patch(
                        bench,
                        PatchType.JSON_MERGE,
                        "{\"metadata\":{\"resourceVersion\":\"%s\"},\"data\":{\"key\":\"third\"}}".formatted(stale)));
    }

    private static void applies(Bench bench) {
        ConfigMap made = bench.client()
                .resource(bench.configMap("a", Map.of()).build())
                .fieldManager("contract")
                .serverSideApply();
        assertThat(made.getMetadata().getUid()).isNotBlank();

        ConfigMap merged = bench.client()
                .resource(bench.configMap("a", Map.of("colour", "red"))
                        .addToData("second", "2")
                        .build())
                .fieldManager("contract")
                .serverSideApply();

        assertThat(merged.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
        assertThat(merged.getData()).isEqualTo(Map.of("key", "value", "second", "2"));
        assertThat(merged.getMetadata().getLabels()).containsEntry("colour", "red");
    }
}
