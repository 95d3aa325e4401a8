package dev.hubferry.storage.domain.plan;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which homes a pass begins with; all others come after them. A hint: every home is copied, whether it is named or not.
 *
 * @param ranks of homes by name, in the form that paths have inside this service, from 0
 */
public record HomeOrder(Map<String, Integer> ranks) {
    /** Of homes that are not named. */
    static final int UNNAMED = Integer.MAX_VALUE;

    public static final HomeOrder ANY = new HomeOrder(Map.of());

    public HomeOrder {
        ranks = Map.copyOf(ranks);
    }

    /** @param names of homes as text; on the hosts they are its UTF-8 */
    public static HomeOrder of(List<String> names) {
        Map<String, Integer> ranks = new HashMap<>();
        for (String name : names) {
            ranks.putIfAbsent(
                    new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), ranks.size());
        }
        return new HomeOrder(ranks);
    }

    /** From 0; of paths in several homes that of the first. */
    int rank(List<String> paths) {
        return ranks.isEmpty()
                ? UNNAMED
                : paths.stream().mapToInt(this::rank).min().orElse(UNNAMED);
    }

    private int rank(String path) {
        int slash = path.indexOf('/', 2);
        String home = path.substring(Math.min(2, path.length()), slash < 0 ? path.length() : slash);
        return ranks.getOrDefault(home, UNNAMED);
    }
}
