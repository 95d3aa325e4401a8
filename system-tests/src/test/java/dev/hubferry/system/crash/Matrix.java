package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Hit;
import dev.hubferry.failpoints.Moment;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.system.crash.Arming.Armed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Runs cells, a few of each service in a round, in one world for all rounds as long as nothing goes wrong in it.
 *
 * <p>A round in which something is wrong is run again cell by cell, each in a world of its own, so that the table says which cell it is.
 */
final class Matrix implements AutoCloseable {
    private static final int MOST_OF_SERVICE = 3;

    private final Path directory;
    private final Random random;
    private final CrashTable table;
    private final Map<Scenario, Usual> usual = new EnumMap<>(Scenario.class);
    private Optional<CrashWorld> world = Optional.empty();
    private boolean fresh;
    private int worlds;
    private int rounds;

    Matrix(Path directory, Random random, CrashTable table) {
        this.directory = directory;
        this.random = random;
        this.table = table;
    }

    /** Runs the cells, all of one scenario, in as few rounds as they fit in. */
    void run(Scenario scenario, List<Cell> cells) throws Exception {
        Usual when = usual(scenario);
        List<Cell> left = new ArrayList<>(cells);
        Set<Cell> again = new HashSet<>();
        while (!left.isEmpty()) {
            List<Armed> round = choose(scenario, left, again, when);
            round.forEach(armed -> left.remove(armed.cell()));
            Round.Outcome outcome = run(scenario, round, Optional.of(when));
            if (outcome.wrong().isEmpty()) {
                table.add(outcome);
                outcome.left().forEach(cell -> {
                    // The first of its service that is alone and still not reached is not reached at all.
                    if (again.add(cell)) {
                        left.add(cell);
                    } else {
                        table.neverReached(cell);
                    }
                });
            } else if (round.size() == 1) {
                table.add(outcome);
            } else {
                table.failedTogether(outcome, round);
                alone(scenario, round, when);
            }
        }
    }

    /** Cells that were not reached beside others are alone in their service the next time, and halt at the first hit. */
    private List<Armed> choose(Scenario scenario, List<Cell> left, Set<Cell> again, Usual when) {
        List<Armed> round = new ArrayList<>();
        for (Service service : Service.values()) {
            List<Cell> its =
                    left.stream().filter(cell -> cell.service() == service).toList();
            Optional<Cell> second = its.stream().filter(again::contains).findFirst();
            if (second.isPresent()) {
                round.addAll(atFirstHit(second.get()));
            } else if (scenario == Scenario.FORWARD || scenario == Scenario.WAY_BACK) {
                round.addAll(when.arm(its.subList(0, Math.min(MOST_OF_SERVICE, its.size())), random));
            } else {
                its.stream().findFirst().ifPresent(cell -> round.addAll(atFirstHit(cell)));
            }
        }
        return round;
    }

    private static List<Armed> atFirstHit(Cell cell) {
        Armed armed = new Armed(cell, 1);
        return cell.scenario() == Scenario.UNFINISHED_WRITE
                ? List.of(
                        new Armed(new Cell(cell.service(), "dns.zone.write", Moment.BEFORE, cell.scenario()), 1), armed)
                : List.of(armed);
    }

    private void alone(Scenario scenario, List<Armed> round, Usual when) throws Exception {
        for (Armed one : round) {
            Round.Outcome outcome = run(scenario, atFirstHit(one.cell()), Optional.of(when));
            table.add(outcome);
            outcome.left().forEach(table::neverReached);
        }
    }

    private Usual usual(Scenario scenario) throws Exception {
        Scenario base = scenario == Scenario.WAY_BACK ? Scenario.WAY_BACK : Scenario.FORWARD;
        Usual known = usual.get(base);
        if (known != null) {
            return known;
        }
        Round.Outcome outcome = run(base, List.of(), Optional.empty());
        if (!outcome.wrong().isEmpty()) {
            throw new AssertionError("a run in which nothing halts goes wrong: " + outcome);
        }
        Map<Service, List<Hit>> hits = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            hits.put(service, List.copyOf(world.orElseThrow().hits(service)));
        }
        Usual found = new Usual(outcome.effects(), hits);
        table.usual(base, outcome, found);
        usual.put(base, found);
        return found;
    }

    private Round.Outcome run(Scenario scenario, List<Armed> armed, Optional<Usual> when) throws Exception {
        rounds++;
        try {
            CrashWorld here = freshWorld();
            fresh = scenario == Scenario.WAY_BACK;
            Round.Outcome outcome = new Round(here, scenario, armed).run("round " + rounds, when.map(Usual::effects));
            if (!outcome.wrong().isEmpty()) {
                close();
            }
            return outcome;
        } catch (RuntimeException | IOException e) {
            close();
            return Round.Outcome.broken(armed, e);
        }
    }

    private CrashWorld freshWorld() throws Exception {
        if (world.isEmpty()) {
            worlds++;
            world = Optional.of(new CrashWorld(directory.resolve("world-" + worlds)));
            fresh = true;
        }
        CrashWorld here = world.get();
        if (!fresh) {
            here.start().restore();
        }
        return here;
    }

    @Override
    public void close() throws Exception {
        if (world.isPresent()) {
            CrashWorld ending = world.get();
            world = Optional.empty();
            ending.close();
        }
    }
}
