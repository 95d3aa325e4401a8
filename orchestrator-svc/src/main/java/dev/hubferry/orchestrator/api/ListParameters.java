package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.spec.Suggestions;
import dev.hubferry.orchestrator.api.spec.Times;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.saga.ListQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a query for a list of migrations of the parameters of a URL, or says everything that is wrong with them. */
public final class ListParameters {
    public static final int LARGEST_PAGE = 200;
    public static final int DEFAULT_PAGE = 50;
    private static final int LONGEST = 200;
    private static final String AFTER = "after";
    private static final String BEFORE = "before";
    private static final String SORT = "sort";

    /** In the order in which they are shown. */
    private static final Map<String, ListQuery.Sort> SORTS = sorts();

    private static final Set<String> STATES = Arrays.stream(MigrationView.State.values())
            .map(Enum::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private final MultivaluedMap<String, String> given;
    private final Set<String> asked = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    private ListParameters(MultivaluedMap<String, String> given) {
        this.given = given;
    }

    /** @throws ProblemException 400 that names each wrong parameter, what it was, and what is possible */
    static ListQuery read(MultivaluedMap<String, String> given) {
        return new ListParameters(given).query();
    }

    /** The URL of the page behind {@code last}, with the same parameters otherwise. */
    static String next(MultivaluedMap<String, String> given, MigrationId last) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(given);
        parameters.remove(BEFORE);
        parameters.put(AFTER, List.of(last.value()));
        return parameters.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&", "/api/v1/migrations?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ListQuery query() {
        int limit = made("limit", ListParameters::pageSize, "a whole number from 1 to " + LARGEST_PAGE)
                .orElse(DEFAULT_PAGE);
        ListQuery.Sort sort = sort();
        Optional<MigrationId> after = after(sort);
        ListQuery.Filter filter = new ListQuery.Filter(
                states(),
                text("name"),
                text("sourceCluster"),
                text("targetCluster"),
                text("namespace"),
                text("zone"),
                text("requestedBy"),
                instant("requestedAfter"),
                instant("requestedBefore"),
                made("waiting", ListParameters::bool, "true or false"));
        refuseUnknown();
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problems.badParameter(String.join("; ", wrong)));
        }
        return new ListQuery(limit, after, sort, filter);
    }

    private ListQuery.Sort sort() {
        Optional<String> name = text(SORT);
        if (name.isPresent() && !SORTS.containsKey(name.get())) {
            // The same way round as what was written.
            Set<String> meant = SORTS.keySet().stream()
                    .filter(known -> known.startsWith("-") == name.get().startsWith("-"))
                    .collect(Collectors.toSet());
            wrong.add(unknownWord(SORT, name.get(), SORTS.keySet(), meant));
        }
        return name.map(SORTS::get).orElse(ListQuery.Sort.NEWEST);
    }

    private Optional<MigrationId> after(ListQuery.Sort sort) {
        String possible = "the id of a migration";
        Optional<MigrationId> after = made(AFTER, ListParameters::id, possible);
        Optional<MigrationId> before = made(BEFORE, ListParameters::id, possible);
        if (before.isPresent() && after.isPresent()) {
            wrong.add("before and after are both given: leave before out");
        }
        if (before.isPresent() && !sort.equals(ListQuery.Sort.NEWEST)) {
            wrong.add("before goes with sort=-requestedAt only: use after");
        }
        return after.or(() -> before);
    }

    private Set<String> states() {
        Set<String> states = new LinkedHashSet<>();
        asked.add("state");
        for (String value : given.getOrDefault("state", List.of())) {
            for (String state : value.split(",", -1)) {
                if (STATES.contains(state)) {
                    states.add(state);
                } else {
                    wrong.add(unknownWord("state", state, STATES, STATES));
                }
            }
        }
        return states;
    }

    private Optional<Instant> instant(String name) {
        return made(
                name,
                Times::instant,
                "a point in time with its offset, like 2026-12-01T02:00:00Z (a + in a URL is %2B)");
    }

    private <T> Optional<T> made(String name, Function<String, Optional<T>> make, String possible) {
        Optional<String> text = text(name);
        Optional<T> made = text.flatMap(make);
        if (text.isPresent() && made.isEmpty()) {
            wrong.add("%s must be %s, but was '%s'".formatted(name, possible, text.get()));
        }
        return made;
    }

    private Optional<String> text(String name) {
        asked.add(name);
        List<String> values = given.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            wrong.add("%s is given %d times: give it once".formatted(name, values.size()));
            return Optional.empty();
        }
        String value = values.getFirst();
        if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            wrong.add(
                    "%s must be text of 1 to %d characters without control characters, but has %d%s: leave it out or correct it"
                            .formatted(name, LONGEST, value.length(), value.isBlank() ? " that are blank" : ""));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private void refuseUnknown() {
        for (String name : given.keySet()) {
            if (!asked.contains(name)) {
                wrong.add("'%s' is no parameter of this list: %s".formatted(name, suggestion(name, asked)));
            }
        }
    }

    private static String unknownWord(String parameter, String word, Set<String> known, Set<String> meant) {
        return "%s must be one of %s, but was '%s'%s"
                .formatted(
                        parameter,
                        String.join(", ", known),
                        word,
                        Suggestions.nearest(word, meant)
                                .map(near -> ": did you mean '" + near + "'?")
                                .orElse(""));
    }

    private static String suggestion(String word, Set<String> known) {
        return Suggestions.nearest(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known are " + String.join(", ", known));
    }

    private static Optional<Integer> pageSize(String text) {
        try {
            int size = Integer.parseInt(text);
            return size >= 1 && size <= LARGEST_PAGE ? Optional.of(size) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<MigrationId> id(String text) {
        try {
            return Optional.of(new MigrationId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Map<String, ListQuery.Sort> sorts() {
        Map<String, ListQuery.Sort> sorts = new LinkedHashMap<>();
        for (ListQuery.Key key : ListQuery.Key.values()) {
            String name = switch (key) {
                case REQUESTED_AT -> "requestedAt";
                case NAME -> "name";
                case REQUESTED_BY -> "requestedBy";
            };
            sorts.put(name, new ListQuery.Sort(key, false));
            sorts.put("-" + name, new ListQuery.Sort(key, true));
        }
        return sorts;
    }
}
