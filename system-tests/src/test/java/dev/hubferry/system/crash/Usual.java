package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Hit;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.system.crash.Arming.Armed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a migration does in which nothing halts.
 *
 * @param hits what each service came by, in order
 */
record Usual(Effects effects, Map<Service, List<Hit>> hits) {
    /** A cell, and where in the service's hits it is to halt. */
    private record Drawn(Cell cell, int position) {}

    /** The cells of one service in the order in which they come, each at a hit that the dice chose. */
    List<Armed> arm(List<Cell> cells, Random random) {
        List<Drawn> drawn = new ArrayList<>();
        cells.forEach(cell -> drawn.add(new Drawn(cell, draw(cell, random))));
        drawn.sort(Comparator.comparingInt(Drawn::position));
        List<Armed> armed = new ArrayList<>();
        int from = 0;
        for (Drawn next : drawn) {
            armed.add(new Armed(next.cell(), Math.max(1, count(next.cell(), from, next.position() + 1))));
            from = next.position() + 1;
        }
        return armed;
    }

    /** Not one of the last hits: a disturbed run may come by less often. */
    private int draw(Cell cell, Random random) {
        List<Hit> all = of(cell);
        int[] positions = IntStream.range(0, all.size())
                .filter(i -> all.get(i).equals(cell.hit()))
                .toArray();
        return positions.length == 0 ? -1 : positions[random.nextInt(Math.max(1, positions.length * 2 / 3))];
    }

    private int count(Cell cell, int from, int to) {
        return (int) IntStream.range(from, to)
                .filter(i -> of(cell).get(i).equals(cell.hit()))
                .count();
    }

    private List<Hit> of(Cell cell) {
        return hits.getOrDefault(cell.service(), List.of());
    }
}
