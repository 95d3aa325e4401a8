package dev.hubferry.bench.homes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be measured.
 *
 * @param tree what moves
 * @param link what it moves over
 * @param standing where storage-svc stands
 * @param methods in the order of their declaration
 * @param rounds how often all of it is done
 * @param seed of the tree and its changes
 * @param settings of storage-svc, beside its own
 * @param directory for the homes on both sides; made by the bench, and gone afterwards
 */
record HomesPlan(
        TreeShape tree,
        LinkKind link,
        Standing standing,
        List<Method> methods,
        int rounds,
        long seed,
        Map<String, String> settings,
        Path directory) {
    HomesPlan {
        methods = methods.stream().distinct().sorted().toList();
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("there must be a method");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("there must be at least 1 round, but there were to be " + rounds);
        }
        Map<String, String> all = new TreeMap<>(link.settings());
        all.putAll(settings);
        settings = Map.copyOf(all);
    }
}
