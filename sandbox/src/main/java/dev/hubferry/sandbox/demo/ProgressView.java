package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows the rows of a migration as they change: a line each when it begins and ends, and on a terminal a live last line with a bar for
 * every row that is under way.
 */
final class ProgressView {
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, String> shown = new HashMap<>();
    private String phase = "";
    private boolean liveLine;

    ProgressView(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** @param steps the answer of {@code /steps} */
    void show(JsonNode steps) {
        StringBuilder live = new StringBuilder();
        for (JsonNode step : steps) {
            showChange(step);
            showUndo(step);
            if (isUnderWay(step)) {
                live.append("  ").append(step.path("name").asText()).append(progress(step.path("progress")));
            }
        }
        showLive(live.toString());
    }

    /** Says something between the rows. */
    void say(String text) {
        clearLive();
        out.println(text);
    }

    /** Leaves the cursor on a line of its own. */
    void end() {
        clearLive();
        out.flush();
    }

    private void showChange(JsonNode step) {
        String name = step.path("name").asText();
        String state = step.path("state").asText();
        if (state.equals(shown.getOrDefault(name, "NOT_STARTED"))) {
            return;
        }
        shown.put(name, state);
        String now = step.path("phase").asText();
        if (!now.equals(phase)) {
            phase = now;
            say("");
            say(now);
        }
        say("  %s %-20s %s%s".formatted(mark(state), name, words(state), took(step)));
        for (JsonNode problem : step.path("failure").path("problems")) {
            say("      %s: %s (%s)"
                    .formatted(
                            problem.path("where").asText(),
                            problem.path("detail").asText(),
                            problem.path("remedy").asText()));
        }
    }

    private void showUndo(JsonNode step) {
        JsonNode undo = step.path("undo");
        String key = "undo of " + step.path("name").asText();
        String state = undo.path("state").asText("NOT_STARTED");
        if (state.equals(shown.getOrDefault(key, "NOT_STARTED"))) {
            return;
        }
        shown.put(key, state);
        say("  %s %-20s %s%s".formatted(mark(state), key, words(state), took(undo)));
    }

    private void showLive(String text) {
        if (!terminal) {
            return;
        }
        clearLive();
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
            liveLine = true;
        }
    }

    private void clearLive() {
        if (liveLine) {
            out.print("\r\u001b[2K");
            liveLine = false;
        }
    }

    private static boolean isUnderWay(JsonNode step) {
        String state = step.path("state").asText();
        return state.equals("RUNNING") || state.equals("RETRYING") || state.equals("WAITING");
    }

    private static String progress(JsonNode progress) {
        long total = progress.path("bytesTotal").asLong();
        if (total <= 0) {
            return "";
        }
        long done = Math.min(total, progress.path("bytesDone").asLong());
        int filled = (int) (BAR * done / total);
        return " [%s%s] %d %% of %s, %d of %d files%s"
                .formatted(
                        "#".repeat(filled),
                        ".".repeat(BAR - filled),
                        100 * done / total,
                        bytes(total),
                        progress.path("filesDone").asLong(),
                        progress.path("filesTotal").asLong(),
                        pace(progress));
    }

    private static String pace(JsonNode progress) {
        StringBuilder pace = new StringBuilder();
        if (progress.has("bytesPerSecond")) {
            pace.append(", ")
                    .append(bytes(progress.path("bytesPerSecond").asLong()))
                    .append("/s");
        }
        if (progress.has("timeLeft")) {
            Duration left = Duration.parse(progress.path("timeLeft").asText());
            pace.append(", ").append(left.toSeconds()).append(" s left");
        }
        return pace.toString();
    }

    /** Such as {@code 122.3 MB}. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String units = "kMGTPE";
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 1000) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", value, units.charAt(unit));
    }

    private static String took(JsonNode run) {
        String from = run.path("startedAt").asText();
        String to = run.path("endedAt").asText();
        String detail = run.path("failure").path("detail").asText();
        StringBuilder text = new StringBuilder();
        if (!from.isEmpty() && !to.isEmpty()) {
            Duration time = Duration.between(Instant.parse(from), Instant.parse(to));
            text.append(String.format(Locale.ROOT, " in %.1f s", time.toMillis() / 1000.0));
        }
        if (!detail.isEmpty()) {
            text.append(": ")
                    .append(run.path("failure").path("code").asText())
                    .append(", ")
                    .append(detail);
        }
        return text.toString();
    }

    private static String mark(String state) {
        return switch (state) {
            case "SUCCEEDED" -> "+";
            case "FAILED", "REJECTED", "EXPIRED" -> "!";
            default -> "-";
        };
    }

    private static String words(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
