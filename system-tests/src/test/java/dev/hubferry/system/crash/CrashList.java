package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Moment;
import dev.hubferry.sandbox.world.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The committed list: which failpoint of which service is reached in which scenario. */
final class CrashList {
    static final String RESOURCE = "/failpoints.txt";

    /** @param remark why it is never reached, if it is not */
    record Line(Service service, String point, Scenario scenario, String remark) {}

    private final List<Line> lines;

    private CrashList(List<Line> lines) {
        this.lines = lines;
    }

    static CrashList read() throws IOException {
        try (InputStream in = CrashList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no " + RESOURCE);
            }
            return new CrashList(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(CrashList::line)
                    .toList());
        }
    }

    private static Line line(String text) {
        String[] words = text.strip().split(" +", 4);
        if (words.length < 3) {
            throw new IllegalArgumentException("not 'service point scenario remark': " + text);
        }
        Service service = Arrays.stream(Service.values())
                .filter(candidate -> candidate.module().equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + words[0]));
        return new Line(service, words[1], Scenario.valueOf(words[2]), words.length == 4 ? words[3] : "");
    }

    List<Line> lines() {
        return lines;
    }

    /** The points that the list has for each service. */
    Map<Service, SortedSet<String>> points() {
        Map<Service, SortedSet<String>> points = new TreeMap<>();
        lines.forEach(line -> points.computeIfAbsent(line.service(), service -> new TreeSet<>())
                .add(line.point()));
        return points;
    }

    /** Every point that is ever reached, before and after. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Line line : lines) {
            if (line.scenario() != Scenario.NEVER) {
                for (Moment moment : Moment.values()) {
                    cells.add(new Cell(line.service(), line.point(), moment, line.scenario()));
                }
            }
        }
        return cells;
    }
}
