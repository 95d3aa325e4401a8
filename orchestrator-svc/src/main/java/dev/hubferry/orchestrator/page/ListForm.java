package dev.hubferry.orchestrator.page;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.view.MigrationView;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The filters of the list as a form has them: what is left empty is sent empty.
 *
 * @param given by name
 */
record ListForm(Map<String, List<String>> given) {
    private static final String AFTER = "after";
    private static final List<String> TIMES = List.of("requestedAfter", "requestedBefore");

    /** What a browser's field for times sends. */
    private static final Pattern WITHOUT_OFFSET = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?");

    /** @param name as REST has it */
    record Choice(String name, String label) {}

    static final List<Choice> SORTS = List.of(
            new Choice("-requestedAt", "newest first"),
            new Choice("requestedAt", "oldest first"),
            new Choice("name", "name, A to Z"),
            new Choice("-name", "name, Z to A"),
            new Choice("requestedBy", "requested by, A to Z"),
            new Choice("-requestedBy", "requested by, Z to A"));

    static ListForm of(MultivaluedMap<String, String> query) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        query.forEach((name, values) -> {
            List<String> filled = values.stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .toList();
            if (!filled.isEmpty()) {
                given.put(name, filled);
            }
        });
        return new ListForm(given);
    }

    /** As REST takes them. */
    MultivaluedMap<String, String> parameters() {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        given.forEach((name, values) -> parameters.put(
                name,
                TIMES.contains(name) ? values.stream().map(ListForm::inUtc).toList() : values));
        return parameters;
    }

    private static String inUtc(String time) {
        if (!WITHOUT_OFFSET.matcher(time).matches()) {
            return time;
        }
        return (time.length() == "2026-12-01T02:00".length() ? time + ":00" : time) + "Z";
    }

    public String value(String name) {
        return given.getOrDefault(name, List.of("")).getFirst();
    }

    public boolean has(String name, String value) {
        return given.getOrDefault(name, List.of()).stream()
                .anyMatch(each -> List.of(each.split(",", -1)).contains(value));
    }

    public List<String> states() {
        return Arrays.stream(MigrationView.State.values()).map(Enum::name).toList();
    }

    public List<Choice> sorts() {
        return SORTS;
    }

    /** Whether anything is left out of the list. */
    public boolean filters() {
        return given.keySet().stream()
                .anyMatch(name -> !List.of("sort", "limit", AFTER, "before").contains(name));
    }

    /** Whether one of the filters is set that are folded away. */
    public boolean more() {
        return List.of(
                        "sourceCluster",
                        "targetCluster",
                        "namespace",
                        "zone",
                        "requestedBy",
                        "requestedAfter",
                        "requestedBefore")
                .stream()
                .anyMatch(given::containsKey);
    }

    public boolean later() {
        return given.containsKey(AFTER);
    }

    /** The page behind this migration. */
    String next(MigrationId last) {
        Map<String, List<String>> next = new LinkedHashMap<>(given);
        next.remove("before");
        next.put(AFTER, List.of(last.value()));
        return url(next);
    }

    /** The first page. */
    public String first() {
        Map<String, List<String>> first = new LinkedHashMap<>(given);
        first.remove("before");
        first.remove(AFTER);
        return url(first);
    }

    public String here() {
        return url(given);
    }

    private static String url(Map<String, List<String>> parameters) {
        String query = parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> encoded(each.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return LocalPath.HOME + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
