package dev.hubferry.fakes.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rows about watching changes. */
final class WatchRows {

    private WatchRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("shows additions, changes and deletions in order", WatchRows::showsChanges),
                Behaviour.of("begins after the version that the watcher names", WatchRows::beginsAfterVersion),
                Behaviour.of("begins with what is there when no version is named", WatchRows::beginsWithPresent),
                Behaviour.of("shows an object that ceases to match as deleted", WatchRows::showsLeavingAsDeleted),
                Behaviour.of("feeds an informer", WatchRows::feedsInformers));
    }

    /** Writes down what it sees, as {@code ADDED a}. */
    private static final class Notes implements Watcher<ConfigMap> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            lines.add(action + " " + map.getData().get("key"));
        }

        @Override
        public void onClose(WatcherException cause) {
            lines.add("CLOSED " + cause.getMessage());
        }
    }

    private static void showsChanges(Bench bench) {
        Notes notes = new Notes();
        try (Watch ignored = watch(bench, currentVersion(bench), notes)) {
            ConfigMap made = bench.createConfigMap("a", Map.of());
            bench.client().resource(withData(made, "changed")).update();
            bench.client().resource(made).delete();

            bench.eventually(() -> notes.lines.size() >= 3);
            assertThat(notes.lines).containsExactly("ADDED value", "MODIFIED changed", "DELETED changed");
        }
    }

    private static void beginsAfterVersion(Bench bench) {
        ConfigMap first = bench.createConfigMap("a", Map.of());
        bench.client().resource(withData(first, "second")).update();
        Notes notes = new Notes();

        try (Watch ignored = watch(bench, first.getMetadata().getResourceVersion(), notes)) {
            bench.eventually(() -> !notes.lines.isEmpty());
            assertThat(notes.lines).containsExactly("MODIFIED second");
        }
    }

    private static void beginsWithPresent(Bench bench) {
        bench.createConfigMap("a", Map.of());
        Notes notes = new Notes();

        try (Watch ignored = bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .watch(notes)) {
            bench.eventually(() -> !notes.lines.isEmpty());
            assertThat(notes.lines).containsExactly("ADDED value");
        }
    }

    private static void showsLeavingAsDeleted(Bench bench) {
        Notes notes = new Notes();
        try (Watch ignored = watch(bench, currentVersion(bench), notes)) {
            ConfigMap made = bench.createConfigMap("a", Map.of());
            bench.client()
                    .resource(new ConfigMapBuilder(made)
                            .editMetadata()
                            .withLabels(Map.of())
                            .endMetadata()
                            .build())
                    .update();

            bench.eventually(() -> notes.lines.size() >= 2);
            assertThat(notes.lines).containsExactly("ADDED value", "DELETED value");
        }
    }

    private static void feedsInformers(Bench bench) {
        bench.createConfigMap("a", Map.of());
        try (SharedIndexInformer<ConfigMap> informer = bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .inform()) {
            bench.eventually(informer::hasSynced);
            bench.createConfigMap("b", Map.of());

            bench.eventually(() -> informer.getStore().list().size() == 2);
        }
    }

    private static Watch watch(Bench bench, String version, Notes notes) {
        return bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .watch(new ListOptionsBuilder().withResourceVersion(version).build(), notes);
    }

    private static String currentVersion(Bench bench) {
        return bench.client()
                .configMaps()
                .inNamespace(bench.namespace())
                .withLabels(bench.label())
                .list()
                .getMetadata()
                .getResourceVersion();
    }

    private static ConfigMap withData(ConfigMap map, String value) {
        return new ConfigMapBuilder(map).addToData("key", value).build();
    }
}
