package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Moment;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.system.crash.Arming.Armed;
import dev.hubferry.system.crash.Arming.Halted;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Prints how each cell went, as soon as it is known. */
final class CrashTable {
    private static final String ROW = "%-28s %-6s %-16s %4s  %-44s %7s  %-11s %7s  %s%n";

    private final PrintStream out;
    private final List<String> failures = new ArrayList<>();
    private final Set<Cell> run = new HashSet<>();

    CrashTable(PrintStream out) {
        this.out = out;
    }

    /** What a migration does and comes by when nothing halts. */
    void usual(Scenario scenario, Round.Outcome outcome, Usual usual) {
        out.printf(
                Locale.ROOT,
                "%s, nothing halts: %s after %.0f s, %d effects %s%n",
                scenario,
                outcome.end(),
                outcome.seconds(),
                outcome.effects().total(),
                outcome.effects().counts());
        usual.hits().forEach((service, all) -> {
            Map<String, Integer> byPoint = new TreeMap<>();
            all.stream()
                    .filter(hit -> hit.moment() == Moment.AFTER)
                    .forEach(hit -> byPoint.merge(hit.point(), 1, Integer::sum));
            out.printf(Locale.ROOT, "  %-16s came by %s%n", service.module(), byPoint);
        });
        out.printf(
                Locale.ROOT,
                ROW,
                "point",
                "moment",
                "service",
                "hit",
                "halted at",
                "back",
                "end",
                "effects",
                "verdict");
        out.flush();
    }

    void add(Round.Outcome outcome) {
        Map<Service, List<String>> back = new EnumMap<>(Service.class);
        outcome.restarts()
                .forEach(restart -> back.computeIfAbsent(restart.service(), service -> new ArrayList<>())
                        .add(String.format(Locale.ROOT, "%.1f s", restart.seconds())));
        for (Halted halted : outcome.halted()) {
            Cell cell = halted.armed().cell();
            List<String> its = back.getOrDefault(cell.service(), new ArrayList<>());
            out.printf(
                    Locale.ROOT,
                    ROW,
                    cell.point(),
                    cell.moment().name().toLowerCase(Locale.ROOT),
                    cell.service().module(),
                    halted.armed().nth(),
                    halted.step(),
                    its.isEmpty() ? "-" : its.removeFirst(),
                    outcome.end(),
                    outcome.effects().total(),
                    outcome.wrong().isEmpty() ? "as usual" : "WRONG");
            run.add(cell);
        }
        if (!outcome.wrong().isEmpty()) {
            fail(outcome.halted() + " in " + outcome.id() + ": " + String.join("\n  ", outcome.wrong()));
        }
        out.printf(Locale.ROOT, "  %d cells, %.0f s%n", outcome.halted().size(), outcome.seconds());
        out.flush();
    }

    /** Several cells of one migration, one of which, or only all together, went wrong. */
    void failedTogether(Round.Outcome outcome, List<Armed> armed) {
        fail("together " + armed + " in " + outcome.id() + ": " + String.join("\n  ", outcome.wrong()));
        out.println("each of them alone:");
        out.flush();
    }

    void neverReached(Cell cell) {
        fail("never reached: " + cell);
    }

    private void fail(String failure) {
        failures.add(failure);
        out.println(failure);
        out.flush();
    }

    /** The cells at which a service has halted. */
    Set<Cell> run() {
        return Set.copyOf(run);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
