package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.watch.ForecastText;
import dev.hubferry.cli.watch.Hints;
import java.util.ArrayList;
import java.util.List;

/** Where a migration stands, in words. */
final class MigrationText {
    private MigrationText() {}

    /** One line: state, phase, and what it waits for. */
    static String line(JsonNode migration) {
        String phase = text(migration, "phase");
        String waits = waitsFor(migration);
        return text(migration, "id") + "  " + text(migration, "state") + (phase.isEmpty() ? "" : " in " + phase)
                + (waits.isEmpty() ? "" : ", " + waits);
    }

    /** What keeps it, or why it ended; empty when nothing does. */
    static String waitsFor(JsonNode migration) {
        if (migration.has("parkedAt")) {
            return "parked at " + text(migration, "parkedAt");
        }
        if (migration.has("remark")) {
            return text(migration, "remark");
        }
        String cause = text(migration, "cause");
        if (!cause.isEmpty()) {
            return cause;
        }
        if (migration.at("/pause/inEffect").asBoolean()) {
            return "paused by " + migration.at("/pause/by").asText();
        }
        if (migration.at("/waitingFor/gate").isTextual()) {
            return "gate " + migration.at("/waitingFor/gate").asText();
        }
        return migration.has("queued") ? "queued: " + lacking(migration.path("queued")) : "";
    }

    /** All of it, and the commands that make it go on. */
    static List<String> lines(JsonNode migration) {
        List<String> lines = new ArrayList<>();
        String id = text(migration, "id");
        lines.add("%s  %s".formatted(id, text(migration, "name")));
        lines.add("  state      %s in %s%s"
                .formatted(
                        text(migration, "state"),
                        text(migration, "phase"),
                        migration.path("pivotPassed").asBoolean() ? ", forward only" : ""));
        lines.add("  requested  %s by %s"
                .formatted(Figures.time(text(migration, "requestedAt")), text(migration, "requestedBy")));
        lines.add("  from, to   %s -> %s"
                .formatted(hub(migration.at("/spec/source")), hub(migration.at("/spec/target"))));
        if (migration.has("endedAt")) {
            lines.add("  ended      " + Figures.time(text(migration, "endedAt")));
        }
        if (migration.has("cause")) {
            lines.add("  cause      " + text(migration, "cause"));
        }
        if (migration.has("remark")) {
            lines.add("  remark     " + text(migration, "remark"));
        }
        addPause(migration.path("pause"), id, lines);
        addQueue(migration.path("queued"), lines);
        addGate(migration.path("waitingFor"), id, lines);
        if (migration.has("parkedAt")) {
            String step = text(migration, "parkedAt");
            lines.add("  parked at  " + step + "; put right what the cause names, then one of");
            lines.add("    " + Hints.retry(id, step));
            lines.add("    " + Hints.skip(id, step));
            lines.add("    " + Hints.abort(id));
        }
        return lines;
    }

    private static void addPause(JsonNode pause, String id, List<String> lines) {
        if (pause.isObject()) {
            lines.add("  paused     by %s: %s%s; to go on: ./hubferry migrations resume %s"
                    .formatted(
                            text(pause, "by"),
                            text(pause, "reason"),
                            pause.path("inEffect").asBoolean() ? "" : " (not in effect yet)",
                            id));
        }
    }

    private static void addQueue(JsonNode queued, List<String> lines) {
        if (queued.isObject()) {
            lines.add("  queued     %s since %s: %s"
                    .formatted(text(queued, "step"), Figures.time(text(queued, "since")), lacking(queued)));
        }
    }

    private static void addGate(JsonNode waiting, String id, List<String> lines) {
        if (!waiting.isObject()) {
            return;
        }
        String gate = text(waiting, "gate");
        lines.add("  gate       %s waits for a person, until %s"
                .formatted(gate, Figures.time(text(waiting, "expiresAt"))));
        String forecast = ForecastText.of(waiting);
        if (!forecast.isEmpty()) {
            lines.add("    " + forecast);
        }
        lines.add("    " + Hints.approve(id, gate));
        lines.add("    " + Hints.reject(id, gate));
    }

    private static String lacking(JsonNode queued) {
        List<String> needs = new ArrayList<>();
        for (JsonNode need : queued.path("needs")) {
            if (need.path("lacking").asBoolean(true)) {
                needs.add("%s (place %d; %d of %d taken)"
                        .formatted(
                                text(need, "resource"),
                                need.path("position").asLong(),
                                need.path("held").asLong(),
                                need.path("limit").asLong()));
            }
        }
        return String.join(", ", needs);
    }

    private static String hub(JsonNode hub) {
        return text(hub, "cluster") + "/" + text(hub, "namespace");
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).asText("");
    }
}
