package dev.hubferry.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that documents the metrics, to be held against what services say in the text format of Prometheus. */
public final class MetricsPage {
    /** Where the page is, as seen from a module. */
    public static final Path PATH = Path.of("../docs/operations/metrics.md");

    private static final String PREFIX = "hubferry_";
    private static final String TABLE_HEAD = "| Metric | Type | Labels | Meaning |";
    private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(hubferry_\\w+?)(_bucket|_count|_sum)?(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| (.*?) ?\\| (.*) \\|");

    private MetricsPage() {}

    /** @param labels their names in order, each in backquotes, with commas between */
    public record Row(String name, String type, String labels, String meaning) {
        @Override
        public String toString() {
            return "| `%s` | %s | %s%s| %s |".formatted(name, type, labels, labels.isEmpty() ? "" : " ", meaning);
        }
    }

    /** What the page says under a heading, such as {@code orchestrator-svc}. */
    public static Collection<Row> documented(String heading) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : section(Files.readString(PATH), heading).split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2), row.group(3), row.group(4)));
            }
        }
        return rows;
    }

    /** The metrics of Hubferry's own that a service exposes, in the order of their names. */
    public static Collection<Row> exposed(String exposition) {
        Map<String, String> meanings = new TreeMap<>();
        Map<String, String> types = new TreeMap<>();
        Map<String, SortedSet<String>> labels = new TreeMap<>();
        exposition.lines().forEach(line -> {
            Matcher header = HEADER.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (header.matches()) {
                (header.group(1).equals("HELP") ? meanings : types).put(header.group(2), header.group(3));
            } else if (sample.matches()) {
                String plain = sample.group(1);
                String suffix = sample.group(2) == null ? "" : sample.group(2);
                String family = types.containsKey(plain) ? plain : plain + suffix;
                labels.computeIfAbsent(family, _ -> new TreeSet<>()).addAll(names(sample.group(3)));
            }
        });
        SortedMap<String, Row> rows = new TreeMap<>();
        types.forEach((name, type) -> {
            boolean ours = name.startsWith(PREFIX);
            // The largest of late of what is a histogram already.
            boolean beside = name.endsWith("_max") && types.containsKey(name.substring(0, name.length() - 4));
            if (ours && !beside) {
                String quoted = String.join(
                        ", ",
                        labels.getOrDefault(name, new TreeSet<>()).stream()
                                .map(label -> "`" + label + "`")
                                .toList());
                rows.put(name, new Row(name, type.toLowerCase(Locale.ROOT), quoted, meanings.getOrDefault(name, "")));
            }
        });
        return rows.values();
    }

    /** Puts rows in the place of those under a heading, which must be there with the head of a table. */
    public static void write(String heading, Collection<Row> rows) throws IOException {
        String page = Files.readString(PATH);
        String old = section(page, heading);
        int head = old.indexOf(TABLE_HEAD);
        int end = old.indexOf("\n\n", head);
        StringBuilder table = new StringBuilder(TABLE_HEAD).append("\n|---|---|---|---|");
        rows.forEach(row -> table.append('\n').append(row));
        String changed = old.substring(0, head) + table + (end < 0 ? "\n" : old.substring(end));
        Files.writeString(PATH, page.replace(old, changed));
    }

    private static List<String> names(String labels) {
        return labels == null
                ? List.of()
                : LABEL.matcher(labels)
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.equals("le") && !name.equals("quantile"))
                        .toList();
    }

    private static String section(String page, String heading) {
        String start = "## " + heading + "\n";
        int from = page.indexOf(start);
        if (from < 0) {
            throw new TestbedException("%s has no heading '%s'".formatted(PATH, heading));
        }
        int to = page.indexOf("\n## ", from);
        return to < 0 ? page.substring(from) : page.substring(from, to);
    }
}
