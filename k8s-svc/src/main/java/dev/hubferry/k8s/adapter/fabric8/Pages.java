package dev.hubferry.k8s.adapter.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists of any length, in pages, so that a cluster with thousands of pods needs no single large answer. */
final class Pages {
    private static final long SIZE = 500;

    private Pages() {}

    static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(Function<ListOptions, L> page) {
        List<T> all = new ArrayList<>();
        String next = null;
        do {
            L answer = page.apply(
                    new ListOptionsBuilder().withLimit(SIZE).withContinue(next).build());
            all.addAll(answer.getItems());
            next = answer.getMetadata() == null ? null : answer.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return all;
    }
}
