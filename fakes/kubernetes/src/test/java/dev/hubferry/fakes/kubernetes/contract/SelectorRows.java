package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.util.List;
import java.util.Map;

/** Rows about choosing objects by labels and fields. */
final class SelectorRows {

    private SelectorRows() {}

    static List<Behaviour> all() {
        return List.of(
                selects("tier=front", "a"),
                selects("tier==front", "a"),
                selects("tier!=front", "b", "c"),
                selects("tier in (front, back)", "a", "b"),
                selects("tier notin (front,back)", "c"),
                selects("tier", "a", "b"),
                selects("!tier", "c"),
                selects("tier,colour=red", "a"),
                selects("colour=red,tier in (back)"),
                Behaviour.of("refuses a label selector that is none with 400", SelectorRows::refusesNonsense),
                Behaviour.of("selects by the field metadata.name", SelectorRows::selectsByName),
                Behaviour.of("selects pods by the field status.phase", SelectorRows::selectsByPhase),
                Behaviour.of("selects pods by the field spec.nodeName", SelectorRows::selectsByNode),
                Behaviour.of("refuses a field that it does not offer with 400", SelectorRows::refusesUnknownFields),
                Behaviour.of("deletes what a selector chooses", SelectorRows::deletesBySelector));
    }

    private static Behaviour selects(String selector, String... expected) {
        return Behaviour.of("selects %s by %s".formatted(List.of(expected), selector), bench -> {
            bench.createConfigMap("a", Map.of("tier", "front", "colour", "red"));
            bench.createConfigMap("b", Map.of("tier", "back"));
            bench.createConfigMap("c", Map.of("colour", "red"));
            String own = bench.label().entrySet().iterator().next().toString();

            List<ConfigMap> found = bench.client()
                    .configMaps()
                    .inNamespace(bench.namespace())
                    .list(new ListOptionsBuilder()
                            .withLabelSelector(own + "," + selector)
                            .build())
                    .getItems();

            assertThat(found)
                    .extracting(map -> map.getMetadata().getName())
                    .containsExactlyInAnyOrderElementsOf(
                            List.of(expected).stream().map(bench::name).toList());
        });
    }

    private static void refusesNonsense(Bench bench) {
        refused(
                400,
                "BadRequest",
                () -> bench.client()
                        .configMaps()
                        .inNamespace(bench.namespace())
                        .list(new ListOptionsBuilder()
                                .withLabelSelector("a=b=c")
                                .build()));
    }

    private static void selectsByName(Bench bench) {
        bench.createConfigMap("a", Map.of());
        bench.createConfigMap("b", Map.of());

        assertThat(bench.client()
                        .configMaps()
                        .inNamespace(bench.namespace())
                        .withLabels(bench.label())
                        .withField("metadata.name", bench.name("b"))
                        .list()
                        .getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly(bench.name("b"));
    }

    private static void selectsByPhase(Bench bench) {
        bench.readyPod("running");
        bench.client().resource(bench.pod("ended", "exit 0").build()).create();

        bench.eventually(() -> bench.podsByField("status.phase", "Succeeded").equals(List.of(bench.name("ended"))));
        assertThat(bench.podsByField("status.phase", "Running")).containsExactly(bench.name("running"));
    }

    private static void selectsByNode(Bench bench) {
        String node = bench.readyPod("p").getSpec().getNodeName();

        assertThat(bench.podsByField("spec.nodeName", node)).containsExactly(bench.name("p"));
        assertThat(bench.podsByField("spec.nodeName", "no-such-node")).isEmpty();
    }

    private static void refusesUnknownFields(Bench bench) {
        refused(400, "BadRequest", () -> bench.podsByField("spec.favourite", "x"));
    }

    private static void deletesBySelector(Bench bench) {
        bench.createConfigMap("a", Map.of("fate", "go"));
        bench.createConfigMap("b", Map.of("fate", "stay"));

        bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .withLabel("fate", "go")
                .delete();

        assertThat(bench.readConfigMap("a")).isNull();
        assertThat(bench.readConfigMap("b")).isNotNull();
    }
}
