package dev.hubferry.storage.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Divides homes into disjoint batches of about the same weight: the heaviest home first, always to the lightest batch. Homes that
 * share hard-linked files stay together.
 */
public final class HomeBatches {
    /** What an entry costs besides its bytes: a tiny file takes as long as this many bytes. */
    private static final long ENTRY_WEIGHT = 16_384;

    private final Map<String, Long> weights = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();

    /** Adds an entry of a home. */
    public void add(String home, long bytes) {
        weights.merge(home, bytes + ENTRY_WEIGHT, Long::sum);
    }

    /** Keeps two homes in one batch. */
    public void join(String one, String other) {
        String a = find(one);
        String b = find(other);
        if (!a.equals(b)) {
            parents.put(a, b);
        }
    }

    /** Homes that are kept together with another one, sorted. */
    public List<String> joined() {
        Map<String, List<String>> groups = groups();
        return groups.values().stream()
                .filter(group -> group.size() > 1)
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    /** At most {@code count} lists that hold each home exactly once; none is empty. */
    public List<List<String>> divide(int count) {
        List<List<String>> heaviestFirst = groups().values().stream()
                .sorted(Comparator.comparingLong(this::weight).reversed().thenComparing(List::getFirst))
                .toList();
        PriorityQueue<Batch> lightestFirst = new PriorityQueue<>(Comparator.comparingLong(batch -> batch.weight));
        for (int i = 0; i < Math.min(count, heaviestFirst.size()); i++) {
            lightestFirst.add(new Batch());
        }
        for (List<String> group : heaviestFirst) {
            Batch batch = lightestFirst.remove();
            batch.homes.addAll(group);
            batch.weight += weight(group);
            lightestFirst.add(batch);
        }
        return lightestFirst.stream()
                .sorted(Comparator.comparingLong((Batch batch) -> batch.weight).reversed())
                .map(batch -> List.copyOf(batch.homes))
                .toList();
    }

    private Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new HashMap<>();
        weights.keySet().stream()
                .sorted()
                .forEach(home -> groups.computeIfAbsent(find(home), key -> new ArrayList<>())
                        .add(home));
        return groups;
    }

    private long weight(List<String> group) {
        return group.stream().mapToLong(home -> weights.getOrDefault(home, 0L)).sum();
    }

    private String find(String home) {
        String at = home;
        for (String up = parents.get(at); up != null; up = parents.get(at)) {
            at = up;
        }
        return at;
    }

    private static final class Batch {
        private final List<String> homes = new ArrayList<>();
        private long weight;
    }
}
