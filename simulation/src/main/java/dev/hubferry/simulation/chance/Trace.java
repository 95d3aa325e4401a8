package dev.hubferry.simulation.chance;

import java.util.ArrayList;
import java.util.List;

/** What happened in a schedule, line by line; costs nothing while it is off. */
public final class Trace {
    private final Agenda agenda;
    private final boolean on;
    private final List<String> lines = new ArrayList<>();

    public Trace(Agenda agenda, boolean on) {
        this.agenda = agenda;
        this.on = on;
    }

    /** To be asked before a line is made. */
    public boolean isOn() {
        return on;
    }

    public void say(String line) {
        if (on) {
            long now = agenda.now();
            lines.add("%4dd %02d:%02d:%02d.%03d  %s"
                    .formatted(
                            now / 86_400_000,
                            now / 3_600_000 % 24,
                            now / 60_000 % 60,
                            now / 1_000 % 60,
                            now % 1_000,
                            line));
        }
    }

    public List<String> lines() {
        return lines;
    }
}
