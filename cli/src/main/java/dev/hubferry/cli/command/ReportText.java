package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.Table;
import dev.hubferry.cli.watch.FailureText;
import dev.hubferry.cli.watch.ForecastText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A report as text. */
final class ReportText {
    private ReportText() {}

    static List<String> lines(JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s  %s".formatted(text(report, "migration"), text(report, "outcome"), text(report, "name")));
        if (report.has("cause")) {
            lines.add("  cause      " + text(report, "cause"));
        }
        lines.add("  requested  %s%s"
                .formatted(
                        Figures.time(text(report, "requestedAt")),
                        report.has("endedAt") ? ", ended " + Figures.time(text(report, "endedAt")) : ""));
        lines.add("  downtime   %s%s"
                .formatted(
                        seconds(report.path("downtimeSeconds")),
                        report.path("stillDown").asBoolean() ? ", and the hub is still down" : ""));
        addFinalPass(report.path("finalPass"), lines);
        addHomes(report.path("homes"), lines);
        JsonNode database = report.path("database");
        lines.add("  database   %d users, %s"
                .formatted(
                        database.path("users").asLong(),
                        Figures.bytes(database.path("sizeBytes").asLong())));
        addRows("done", report.path("steps"), lines);
        addRows("taken back", report.path("undos"), lines);
        return lines;
    }

    private static void addFinalPass(JsonNode pass, List<String> lines) {
        if (pass.isObject()) {
            lines.add("  forecast   " + ForecastText.of(pass));
            if (pass.has("took")) {
                lines.add("             it took " + Figures.duration(text(pass, "took")));
            }
        }
    }

    private static void addHomes(JsonNode homes, List<String> lines) {
        lines.add("  homes      %d homes, %d entries, %s"
                .formatted(
                        homes.path("users").asLong(),
                        homes.path("entries").asLong(),
                        Figures.bytes(homes.path("bytes").asLong())));
        lines.add(
                homes.has("rootHash")
                        ? "             verified equal: %d files hashed on both sides, root hash %s"
                                .formatted(homes.path("filesHashed").asLong(), text(homes, "rootHash"))
                        : "             not verified");
    }

    private static void addRows(String what, JsonNode rows, List<String> lines) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add("  " + what);
        Table table = new Table("  ROW", "OUTCOME", "ATTEMPTS", "BEGAN", "ENDED");
        List<String> failures = new ArrayList<>();
        for (JsonNode row : rows) {
            table.row(
                    "  " + text(row, "name"),
                    text(row, "outcome"),
                    row.path("attempts").asText(""),
                    Figures.time(text(row, "startedAt")),
                    Figures.time(text(row, "endedAt")));
            if (row.path("failure").isObject()) {
                failures.add("    " + text(row, "name") + " failed");
                failures.addAll(FailureText.lines(row.path("failure"), "      "));
            }
        }
        lines.addAll(table.lines());
        lines.addAll(failures);
    }

    private static String seconds(JsonNode seconds) {
        return seconds.isNumber() ? Figures.duration(Duration.ofMillis(Math.round(seconds.asDouble() * 1000))) : "?";
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).asText("");
    }
}
