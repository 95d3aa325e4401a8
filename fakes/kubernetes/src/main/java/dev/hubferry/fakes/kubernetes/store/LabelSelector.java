package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A label selector, from its text form ({@code a=b,c in (d,e),!f}) or its object form ({@code matchLabels}). */
public final class LabelSelector {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String KEY = "([A-Za-z0-9][A-Za-z0-9_./-]*)";
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([A-Za-z0-9_.-]*)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    private sealed interface Requirement {
        boolean matches(Map<String, String> labels);
    }

    private record In(String key, Set<String> values) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key) && values.contains(labels.get(key));
        }
    }

    /** As in Kubernetes, an object without the label matches too. */
    private record NotIn(String key, Set<String> values) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key) || !values.contains(labels.get(key));
        }
    }

    private record Exists(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key);
        }
    }

    private record DoesNotExist(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key);
        }
    }

    /** Parses the query parameter {@code labelSelector}; fails with 400 when it is none. */
    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        return new LabelSelector(Arrays.stream(COMMA_OUTSIDE_PARENTHESES.split(text, -1))
                .map(String::strip)
                .map(LabelSelector::requirement)
                .toList());
    }

    /** Of {@code spec.selector} of a workload: {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector ofObject(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>(equalTo(selector.path("matchLabels")));
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = Json.text(expression, "key");
            Set<String> values = Set.copyOf(Json.texts(expression.path("values")));
            requirements.add(
                    switch (Json.text(expression, "operator")) {
                        case "In" -> new In(key, values);
                        case "NotIn" -> new NotIn(key, values);
                        case "Exists" -> new Exists(key);
                        default -> new DoesNotExist(key);
                    });
        }
        return new LabelSelector(requirements);
    }

    /** Of {@code spec.selector} of a Service: plain labels. */
    public static LabelSelector ofLabels(JsonNode labels) {
        return new LabelSelector(equalTo(labels));
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(JsonNode object) {
        Map<String, String> labels = Json.textMap(Json.at(object, "metadata", "labels"));
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    private static List<Requirement> equalTo(JsonNode labels) {
        return Json.textMap(labels).entrySet().stream()
                .<Requirement>map(label -> new In(label.getKey(), Set.of(label.getValue())))
                .toList();
    }

    private static Requirement requirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            return "in".equals(set.group(2)) ? new In(set.group(1), values) : new NotIn(set.group(1), values);
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            Set<String> value = Set.of(equality.group(3));
            return "!=".equals(equality.group(2))
                    ? new NotIn(equality.group(1), value)
                    : new In(equality.group(1), value);
        }
        Matcher presence = PRESENCE.matcher(text);
        if (presence.matches()) {
            return presence.group(1).isEmpty() ? new Exists(presence.group(2)) : new DoesNotExist(presence.group(2));
        }
        throw ApiFailure.badRequest("unable to parse requirement: found '" + text + "'");
    }
}
