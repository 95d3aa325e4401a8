package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows about single objects: identity, versions, deletion, pages. */
final class ObjectRows {

    private ObjectRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("gives a new object a uid, a version and a time", ObjectRows::stampsNewObjects),
                Behaviour.of("refuses a second object of a name with 409 AlreadyExists", ObjectRows::refusesTwins),
                Behaviour.of("completes a generateName", ObjectRows::completesGeneratedNames),
                Behaviour.of("answers a missing object with 404 NotFound", ObjectRows::missesTheAbsent),
                Behaviour.of("answers a missing namespace with 404 NotFound", ObjectRows::missesTheNamespace),
                Behaviour.of("refuses a PUT of a stale version with 409 Conflict", ObjectRows::refusesStaleWrites),
                Behaviour.of("keeps the version when a PUT changes nothing", ObjectRows::keepsVersionOfNoChange),
                Behaviour.of("counts generations of a spec, not of labels", ObjectRows::countsGenerations),
                Behaviour.of("refuses to delete on a wrong uid", ObjectRows::checksUidOnDelete),
                Behaviour.of("refuses to delete on a wrong version", ObjectRows::checksVersionOnDelete),
                Behaviour.of("keeps a deleted object until its finalizer is gone", ObjectRows::respectsFinalizers),
                Behaviour.of("lists in pages that show one state", ObjectRows::listsInPages));
    }

    private static void stampsNewObjects(Bench bench) {
        ConfigMap made = bench.createConfigMap("a", Map.of());

        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(made.getMetadata().getResourceVersion()).isNotBlank();
        assertThat(made.getMetadata().getCreationTimestamp()).endsWith("Z");
    }

    private static void refusesTwins(Bench bench) {
        bench.createConfigMap("a", Map.of());

        refused(409, "AlreadyExists", () -> bench.createConfigMap("a", Map.of()));
    }

    private static void completesGeneratedNames(Bench bench) {
        ConfigMap nameless = new ConfigMapBuilder()
                .withNewMetadata()
                .withGenerateName(bench.name("gen-"))
                .withNamespace(bench.namespace())
                .endMetadata()
                .build();

        ConfigMap made = bench.client().resource(nameless).create();

        assertThat(made.getMetadata().getName())
                .startsWith(bench.name("gen-"))
                .hasSize(bench.name("gen-").length() + 5);
    }

    private static void missesTheAbsent(Bench bench) {
        assertThat(bench.readConfigMap("absent")).isNull();
        refused(
                404,
                "NotFound",
                () -> bench.client()
                        .resource(bench.configMap("absent", Map.of()).build())
                        .update());
    }

    private static void missesTheNamespace(Bench bench) {
        ConfigMap elsewhere = bench.configMap("a", Map.of())
                .editMetadata()
                .withNamespace(bench.name("nowhere"))
                .endMetadata()
                .build();

        refused(404, "NotFound", () -> bench.client().resource(elsewhere).create());
    }

    private static void refusesStaleWrites(Bench bench) {
        ConfigMap first = bench.createConfigMap("a", Map.of());
        bench.client().resource(withData(first, "second")).update();

        refused(
                409,
                "Conflict",
                () -> bench.client().resource(withData(first, "third")).update());
        assertThat(bench.readConfigMap("a").getData()).containsEntry("key", "second");
    }

    private static void keepsVersionOfNoChange(Bench bench) {
        ConfigMap first = bench.createConfigMap("a", Map.of());

        ConfigMap again = bench.client().resource(first).update();

        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    private static void countsGenerations(Bench bench) {
        bench.client().resource(bench.deployment("d", 0).build()).create();

        bench.patchDeployment("d", "{\"metadata\":{\"labels\":{\"colour\":\"red\"}}}");
        assertThat(bench.readDeployment("d").getMetadata().getGeneration()).isEqualTo(1);

        bench.patchDeployment("d", "{\"spec\":{\"minReadySeconds\":1}}");
        assertThat(bench.readDeployment("d").getMetadata().getGeneration()).isEqualTo(2);
    }

    private static void checksUidOnDelete(Bench bench) throws Exception {
        bench.createConfigMap("a", Map.of());

        assertThat(Raw.delete(bench, "a", "{\"preconditions\":{\"uid\":\"11111111-1111-1111-1111-111111111111\"}}"))
                .isEqualTo(409);
        assertThat(bench.readConfigMap("a")).isNotNull();
    }

    private static void checksVersionOnDelete(Bench bench) throws Exception {
        ConfigMap first = bench.createConfigMap("a", Map.of());
        bench.client().resource(withData(first, "second")).update();
        String stale = first.getMetadata().getResourceVersion();

        assertThat(Raw.delete(bench, "a", "{\"preconditions\":{\"resourceVersion\":\"" + stale + "\"}}"))
                .isEqualTo(409);
        assertThat(bench.readConfigMap("a")).isNotNull();
    }

    private static void respectsFinalizers(Bench bench) {
        ConfigMap held = bench.configMap("a", Map.of())
                .editMetadata()
                .addToFinalizers("hubferry.dev/test")
                .endMetadata()
                .build();
        bench.client().resource(held).create();

        bench.client().resource(held).delete();
        assertThat(bench.readConfigMap("a").getMetadata().getDeletionTimestamp())
                .isNotBlank();

        bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withName(bench.name("a"))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        bench.eventually(() -> bench.readConfigMap("a") == null);
    }

    private static void listsInPages(Bench bench) {
        IntStream.range(0, 5).forEach(i -> bench.createConfigMap("page-" + i, Map.of()));
        ConfigMapList first = page(bench, "");
        bench.client().resource(bench.readConfigMap("page-4")).delete();

        ConfigMapList second = page(bench, first.getMetadata().getContinue());
        ConfigMapList third = page(bench, second.getMetadata().getContinue());

        assertThat(names(first)).containsExactly(bench.name("page-0"), bench.name("page-1"));
        assertThat(names(second)).containsExactly(bench.name("page-2"), bench.name("page-3"));
        assertThat(names(third)).containsExactly(bench.name("page-4"));
        assertThat(third.getMetadata().getContinue()).isNullOrEmpty();
    }

    private static ConfigMap withData(ConfigMap map, String value) {
        return new ConfigMapBuilder(map).addToData("key", value).build();
    }

    private static ConfigMapList page(Bench bench, String continueToken) {
        ListOptionsBuilder options = new ListOptionsBuilder().withLimit(2L);
        if (!continueToken.isEmpty()) {
            options.withContinue(continueToken);
        }
        return bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .list(options.build());
    }

    private static List<String> names(ConfigMapList list) {
        return list.getItems().stream()
                .map(item -> item.getMetadata().getName())
                .toList();
    }
}
