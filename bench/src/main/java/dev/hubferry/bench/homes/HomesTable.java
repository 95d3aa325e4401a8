package dev.hubferry.bench.homes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The figures for people. */
final class HomesTable {
    private static final String ROW = "  %-24s %9s %19s %7s %9s  %s";

    private final HomesResults results;

    HomesTable(HomesResults results) {
        this.results = results;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(title());
        for (Case what : Case.values()) {
            lines.addAll(of(what));
        }
        lines.add("");
        lines.addAll(legend());
        List<Goals.Goal> goals = Goals.of(results);
        if (!goals.isEmpty()) {
            lines.add("");
            goals.forEach(goal -> lines.add("goal: " + goal.line()));
        }
        results.leftOut().forEach((method, why) -> lines.add("left out: %s: %s".formatted(method.title(), why)));
        results.failures()
                .forEach(failure -> lines.add("FAILED: %s, %s, round %d: %s"
                        .formatted(failure.method().title(), failure.what(), failure.round(), failure.said())));
        return lines;
    }

    private String title() {
        HomesPlan plan = results.plan();
        return String.format(
                Locale.ROOT,
                "tree %s: %,d entries, %,.0f MB, %d users; %s; rounds: %d",
                plan.tree().name(),
                results.size().entries(),
                results.size().bytes() / 1e6,
                plan.tree().users(),
                plan.link().title(),
                plan.rounds());
    }

    private List<String> of(Case what) {
        List<String> lines = new ArrayList<>(
                List.of("", what.title(), ROW.formatted("", "median s", "least–most", "ratio", "wire MB", "equal")));
        for (Method method : results.plan().methods()) {
            results.seconds(method, what).ifPresent(seconds -> lines.add(row(method, what, seconds)));
            results.parts(method, what)
                    .forEach((name, seconds) ->
                            lines.add(row("  " + name, seconds, "", "", "").stripTrailing()));
        }
        return lines;
    }

    private String row(Method method, Case what, Spread seconds) {
        long differences = results.differences(method, what);
        return row(
                method.title(),
                seconds,
                number(results.ratio(method, what)),
                number(results.wireMegabytes(method, what).map(Spread::median)),
                differences == 0 ? "yes" : "no (%d)".formatted(differences));
    }

    private static String row(String name, Spread seconds, String ratio, String megabytes, String equal) {
        String range = String.format(Locale.ROOT, "%.2f–%.2f", seconds.least(), seconds.most());
        String median = String.format(Locale.ROOT, "%.2f", seconds.median());
        return ROW.formatted(name, median, range, ratio, megabytes, equal);
    }

    private static String number(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.2f", number)).orElse("–");
    }

    private List<String> legend() {
        List<String> lines = new ArrayList<>(List.of(
                "ratio: its median to ours, above 1 ours is faster; equal: to the source, contents too, else by how many differences",
                "ours, full copy: the first seed pass by its report; route: open-route; command: seed-homes, which goes on with passes until they are short",
                "ours, else: from sending sync-final to hearing its reply; receipt: verify-homes, for which the peers have nothing; quiet: confirm-quiet",
                "wire MB: both ways on the link, of ours with all its parts"));
        if (results.plan().link() == LinkKind.WAN20 || results.plan().link() == LinkKind.WAN80) {
            lines.add(
                    switch (results.plan().standing()) {
                        case BETWEEN -> "storage-svc has a short way to both hosts: its own scans do not use the link";
                        case TARGET -> "storage-svc stands beside the target and reaches the source over the link";
                    });
        }
        lines.add(new TreeMap<>(results.machine()).toString());
        return lines;
    }
}
