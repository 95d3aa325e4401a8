package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bar for the steps under way on a terminal; elsewhere a line when a step has come ten percent further. */
final class ProgressShow {
    private static final int TENTH = 10;

    private final Terminal terminal;
    private final Map<String, String> bars = new LinkedHashMap<>();
    private final Map<String, Integer> tenths = new LinkedHashMap<>();

    ProgressShow(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param data with {@code step} and {@code progress} */
    void progress(JsonNode data) {
        String step = data.path("step").asText("");
        JsonNode progress = data.path("progress");
        if (terminal.draws()) {
            bars.put(step, ProgressLine.bar(step, progress));
            show();
            return;
        }
        int percent = ProgressLine.percent(progress);
        String activity = step + "/" + progress.path("activity").asText("");
        int tenth = percent / TENTH;
        if (percent >= 0 && tenths.getOrDefault(activity, -1) < tenth) {
            tenths.put(activity, tenth);
            terminal.line("    " + ProgressLine.plain(step, progress));
        }
    }

    /** A step has ended, one way or the other. */
    void ended(String step) {
        if (bars.remove(step) != null) {
            show();
        }
    }

    void clear() {
        bars.clear();
        terminal.status("");
    }

    private void show() {
        terminal.status(String.join("  |  ", bars.values()));
    }
}
