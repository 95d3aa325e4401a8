package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.SafeText;

/** How far a step is, in one line. */
public final class ProgressLine {
    private static final int BAR = 20;
    private static final int NAME = 40;

    private ProgressLine() {}

    /**
     * With a bar, its percentage, amounts, rate and time left, as far as they are known.
     *
     * @param progress as the server gives it
     */
    public static String bar(String step, JsonNode progress) {
        int percent = percent(progress);
        return head(step, progress) + "  [" + bar(percent) + "]" + figures(progress, percent);
    }

    /** The same without a bar. */
    public static String plain(String step, JsonNode progress) {
        return head(step, progress) + figures(progress, percent(progress));
    }

    /** From 0 to 100; -1 while nobody knows. */
    public static int percent(JsonNode progress) {
        if (progress.path("percent").isNumber()) {
            return Math.clamp(progress.path("percent").asInt(), 0, 100);
        }
        int ofBytes = ratio(progress, "bytesDone", "bytesTotal");
        return ofBytes >= 0 ? ofBytes : ratio(progress, "filesDone", "filesTotal");
    }

    private static int ratio(JsonNode progress, String done, String total) {
        double all = progress.path(total).asDouble(0);
        return all <= 0 ? -1 : (int) Math.clamp(progress.path(done).asDouble(0) * 100 / all, 0, 100);
    }

    private static String head(String step, JsonNode progress) {
        return SafeText.shortened(step, NAME) + "  "
                + SafeText.shortened(progress.path("activity").asText(""), NAME);
    }

    private static String bar(int percent) {
        if (percent < 0) {
            return "?".repeat(BAR);
        }
        int full = percent * BAR / 100;
        return "#".repeat(full) + "-".repeat(BAR - full);
    }

    private static String figures(JsonNode progress, int percent) {
        StringBuilder figures = new StringBuilder();
        if (percent >= 0) {
            figures.append("  ").append(percent).append(" %");
        }
        long total = progress.path("bytesTotal").asLong(0);
        if (total > 0) {
            figures.append("  ")
                    .append(Figures.bytes(progress.path("bytesDone").asLong(0)))
                    .append(" of ")
                    .append(Figures.bytes(total));
        }
        if (progress.path("bytesPerSecond").isNumber()) {
            figures.append("  ")
                    .append(Figures.bytes(progress.path("bytesPerSecond").asLong()))
                    .append("/s");
        }
        String left = progress.path("timeLeft").asText("");
        if (!left.isEmpty()) {
            figures.append("  ").append(Figures.duration(left)).append(" left");
        }
        JsonNode homes = progress.path("homes");
        if (homes.isObject()) {
            figures.append("  ")
                    .append(homes.path("done").asLong(0))
                    .append(" of ")
                    .append(homes.path("total").asLong(0))
                    .append(" homes");
        }
        return figures.toString();
    }
}
