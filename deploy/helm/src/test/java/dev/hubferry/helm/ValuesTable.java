package dev.hubferry.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of a chart's values, made of its {@code values.yaml}: keys, defaults, and the comments that begin with two dashes. */
final class ValuesTable {
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z0-9]+):.*");
    private static final String COMMENT = "# -- ";
    private static final List<String> SERVICES = List.of("orchestrator", "storage", "k8s", "dbTransfer", "dns");
    private static final String ANY = "<service>";

    private ValuesTable() {}

    /** A key of which the services have one each is one row. */
    static String of(String valuesYaml) {
        JsonNode defaults = Rendered.parse(valuesYaml);
        // Meaning and key to the defaults, and whose they are.
        Map<String, Map<String, Set<String>>> rows = new LinkedHashMap<>();
        comments(valuesYaml).forEach((path, comment) -> {
            String service = path.split("\\.", 2)[0];
            boolean ofService = SERVICES.contains(service);
            String key = ofService ? ANY + path.substring(service.length()) : path;
            String value = "`" + text(defaults.at("/" + path.replace('.', '/'))) + "`";
            rows.computeIfAbsent("| `" + key + "` | %s | " + comment + " |", unused -> new LinkedHashMap<>())
                    .computeIfAbsent(value, unused -> new TreeSet<>())
                    .add(service);
        });
        return "| Key | Default | |\n|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(row -> row.getKey().replace("%s", cell(row.getKey(), row.getValue())))
                        .collect(Collectors.joining("\n"));
    }

    private static String cell(String row, Map<String, Set<String>> values) {
        if (!row.startsWith("| `" + ANY) || values.values().iterator().next().size() == SERVICES.size()) {
            return values.keySet().iterator().next();
        }
        return values.entrySet().stream()
                .map(value -> String.join(", ", value.getValue()) + ": " + value.getKey())
                .collect(Collectors.joining("; "));
    }

    /** By the path of each key that has one. */
    private static Map<String, String> comments(String valuesYaml) {
        Map<String, String> comments = new LinkedHashMap<>();
        Deque<String> path = new ArrayDeque<>();
        String comment = "";
        for (String line : valuesYaml.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (line.strip().startsWith(COMMENT)) {
                comment = line.strip().substring(COMMENT.length());
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                if (!comment.isEmpty()) {
                    comments.put(String.join(".", path), comment);
                }
                comment = "";
            }
        }
        return comments;
    }

    private static String text(JsonNode value) {
        return value.toString().replace("|", "\\|");
    }
}
