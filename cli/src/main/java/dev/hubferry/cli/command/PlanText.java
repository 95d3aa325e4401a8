package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** A plan as text: what stands in the way first, then what would be done. */
final class PlanText {
    private final JsonNode plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(JsonNode plan) {
        this.plan = plan;
    }

    static List<String> lines(JsonNode plan) {
        PlanText text = new PlanText(plan);
        text.verdict();
        text.steps();
        text.zone();
        text.sizes();
        text.forecast();
        text.people();
        return text.lines;
    }

    /** The words of an array, with commas. */
    static String words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return String.join(", ", words);
    }

    private void verdict() {
        JsonNode findings = plan.path("findings");
        lines.add("%s: %s".formatted(text(plan, "verdict"), text(plan, "name")));
        lines.add(findings.isEmpty() ? "  nothing was found in the way" : "  in the way: " + findings.size());
        for (JsonNode finding : findings) {
            lines.add("  %s: %s: %s".formatted(text(finding, "code"), text(finding, "where"), text(finding, "detail")));
            lines.add("      what to do: " + text(finding, "remedy"));
        }
        for (JsonNode notice : plan.path("notices")) {
            lines.add("  notice: %s: %s".formatted(text(notice, "where"), text(notice, "text")));
        }
    }

    private void steps() {
        heading("What it would do (" + text(plan, "definition") + ")");
        String phase = "";
        for (JsonNode step : plan.path("steps")) {
            if (!text(step, "phase").equals(phase)) {
                phase = text(step, "phase");
                lines.add("  " + phase);
            }
            lines.add("    %s %s (%s): %s"
                    .formatted(
                            step.path("hubDown").asBoolean() ? "!" : "-",
                            text(step, "name"),
                            text(step, "by"),
                            text(step, "does")));
            if (!text(step, "undo").isEmpty()) {
                lines.add("        way back: " + text(step, "undo"));
            }
        }
        lines.add("  !: the hub is down meanwhile");
    }

    private void zone() {
        JsonNode zone = plan.path("zone");
        if (!zone.isObject()) {
            return;
        }
        heading("Zone " + text(zone, "zone") + "; other records, which stay as they are: "
                + zone.path("untouched").asLong());
        lines.add("  - " + record(zone.path("before")));
        lines.add("  ~ " + record(zone.path("cutover")) + "   (during the cutover)");
        lines.add("  + " + (zone.has("after") ? record(zone.path("after")) : "not known yet"));
    }

    private static String record(JsonNode record) {
        return "%s %s %s %s"
                .formatted(
                        text(record, "host"),
                        record.path("ttlSeconds").asText(""),
                        text(record, "type"),
                        text(record, "value"));
    }

    private void sizes() {
        JsonNode homes = plan.at("/sizes/homes");
        heading("Sizes");
        lines.add("  homes     %s -> %s".formatted(text(homes, "source"), text(homes, "target")));
        lines.add("            %s homes, %s entries, %s; room on the target: %s"
                .formatted(
                        count(homes, "users"),
                        count(homes, "entries"),
                        bytes(homes, "bytes"),
                        bytes(homes, "targetFreeBytes")));
        if (!homes.path("exclude").isEmpty()) {
            lines.add("            left out: " + words(homes.path("exclude")));
        }
        JsonNode database = plan.at("/sizes/database");
        lines.add("  database  %s users, %s".formatted(count(database, "users"), bytes(database, "bytes")));
        lines.add("  servers   %s run".formatted(count(plan.path("sizes"), "userServers")));
    }

    private void forecast() {
        JsonNode forecast = plan.path("forecast");
        heading("Times");
        for (JsonNode wait : forecast.path("waits")) {
            lines.add("  %s  %s: %s"
                    .formatted(text(wait, "step"), Figures.duration(text(wait, "length")), text(wait, "why")));
        }
        if (forecast.has("downtimeAtLeast")) {
            lines.add("  the hub is down for at least " + Figures.duration(text(forecast, "downtimeAtLeast")));
        }
        if (forecast.has("downtimeAtMost")) {
            lines.add("  after " + Figures.duration(text(forecast, "downtimeAtMost"))
                    + " of it the migration is taken back");
        }
        if (!text(forecast, "copies").isEmpty()) {
            lines.add("  " + text(forecast, "copies"));
        }
    }

    private void people() {
        heading("Who is asked, and what users notice");
        for (JsonNode approval : plan.path("approvals")) {
            lines.add("  %s: %s By %s, within %s; else %s"
                    .formatted(
                            text(approval, "gate"),
                            text(approval, "asks"),
                            text(approval, "by"),
                            Figures.duration(text(approval, "expiry")),
                            text(approval, "unanswered")));
        }
        for (JsonNode noticed : plan.path("users")) {
            lines.add("  users at %s: %s".formatted(text(noticed, "step"), text(noticed, "text")));
        }
        for (JsonNode queue : plan.path("queues")) {
            lines.add("  queue %s before %s: %d of %d taken, %d wait"
                    .formatted(
                            text(queue, "resource"),
                            text(queue, "step"),
                            queue.path("held").asLong(),
                            queue.path("limit").asLong(),
                            queue.path("waiting").asLong()));
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private static String count(JsonNode of, String field) {
        return of.path(field).asText("?");
    }

    private static String bytes(JsonNode of, String field) {
        return of.has(field) ? Figures.bytes(of.path(field).asLong()) : "?";
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).asText("");
    }
}
