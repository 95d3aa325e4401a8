package dev.hubferry.simulation.chance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often each kind of fault hit each row of the saga. */
public final class Coverage {
    private final Rows rows;
    private final long[][] hits;

    public Coverage(Rows rows) {
        this.rows = rows;
        this.hits = new long[rows.all().size()][FaultKind.values().length];
    }

    int rows() {
        return hits.length;
    }

    void hit(Row row, FaultKind kind) {
        hits[row.index()][kind.ordinal()]++;
    }

    public void add(Coverage other) {
        for (int row = 0; row < hits.length; row++) {
            for (int kind = 0; kind < hits[row].length; kind++) {
                hits[row][kind] += other.hits[row][kind];
            }
        }
    }

    public long cells() {
        return rows.all().stream().mapToLong(row -> kindsOf(row).size()).sum();
    }

    public long faults() {
        return rows.all().stream()
                .mapToLong(row -> kindsOf(row).stream()
                        .mapToLong(kind -> hits[row.index()][kind.ordinal()])
                        .sum())
                .sum();
    }

    /** The smallest count of all cells that can occur. */
    public long least() {
        return rows.all().stream()
                .flatMapToLong(row -> kindsOf(row).stream().mapToLong(kind -> hits[row.index()][kind.ordinal()]))
                .min()
                .orElse(0);
    }

    /** Cells that can occur and did not, such as {@code open-route undo × crashed}. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Row row : rows.all()) {
            for (FaultKind kind : kindsOf(row)) {
                if (hits[row.index()][kind.ordinal()] == 0) {
                    missing.add(title(row) + " × " + kind.label());
                }
            }
        }
        return missing;
    }

    /** A line a row, a column a kind; a dot where the fault cannot occur. */
    public String table() {
        StringBuilder table = new StringBuilder("%-26s".formatted("row"));
        for (FaultKind kind : FaultKind.values()) {
            table.append("%11s".formatted(kind.label()));
        }
        for (Row row : rows.all()) {
            table.append('\n').append("%-26s".formatted(title(row)));
            for (FaultKind kind : FaultKind.values()) {
                table.append("%11s".formatted(row.canMeet(kind) ? hits[row.index()][kind.ordinal()] : "."));
            }
        }
        return table.toString();
    }

    private static List<FaultKind> kindsOf(Row row) {
        return List.of(FaultKind.values()).stream().filter(row::canMeet).toList();
    }

    private static String title(Row row) {
        return row.name() + " " + row.sort().name().toLowerCase(Locale.ROOT);
    }
}
