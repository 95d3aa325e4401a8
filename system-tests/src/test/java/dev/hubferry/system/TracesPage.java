package dev.hubferry.system;

import dev.hubferry.testbed.TraceCollector.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of docs/operations/traces.md: which service tells which span, and with which attributes. */
final class TracesPage {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([a-z0-9, -]+) \\| ([^|]*) \\|.*");

    private TracesPage() {}

    /** @param name with NAME for what differs */
    private record Row(String name, Set<String> services, Set<String> attributes) {
        boolean fits(Span span) {
            String pattern = Arrays.stream(name.split("NAME", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("[a-z0-9./{}-]+"));
            return services.contains(span.service())
                    && span.name().matches(pattern)
                    && attributes.containsAll(ours(span));
        }

        /** Those of HTTP are OpenTelemetry's, and as it says. */
        private static Set<String> ours(Span span) {
            return span.attributes().keySet().stream()
                    .filter(key -> key.startsWith("hubferry."))
                    .collect(Collectors.toSet());
        }
    }

    /** What was told and is not in the table, by name, service and attributes. */
    static Set<String> undocumented(Collection<Span> spans) {
        List<Row> rows = rows();
        return spans.stream()
                .filter(span -> rows.stream().noneMatch(row -> row.fits(span)))
                .map(span -> span.name() + " of " + span.service() + " with "
                        + span.attributes().keySet())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Project.root().resolve("docs/operations/traces.md"))) {
                var row = ROW.matcher(line);
                if (row.matches()) {
                    rows.add(new Row(row.group(1), words(row.group(2)), words(row.group(3))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(","))
                .map(word -> word.replace("`", "").strip())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
