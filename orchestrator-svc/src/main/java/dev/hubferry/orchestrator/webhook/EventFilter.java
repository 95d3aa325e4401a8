package dev.hubferry.orchestrator.webhook;

import java.util.List;

/**
 * Which events a webhook wants.
 *
 * @param patterns types such as {@code hubferry.step-failed.v1}, or how they begin, with a star: {@code hubferry.migration-*}; none for all
 */
public record EventFilter(List<String> patterns) {
    /** Everything. */
    public static final EventFilter ALL = new EventFilter(List.of());

    public EventFilter {
        patterns = List.copyOf(patterns);
    }

    public boolean wants(String type) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    public static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
