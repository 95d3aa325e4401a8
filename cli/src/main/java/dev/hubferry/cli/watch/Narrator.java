package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Says what an event means, and what a person may do now. Events of a newer server are shown as they are. */
final class Narrator {
    private static final String PREFIX = "hubferry.";
    private static final int UNKNOWN_SHOWN = 300;

    private final String id;
    private final List<String> rows;

    /** @param rows names of the saga's rows from top to bottom; empty when they are not known */
    Narrator(String id, List<String> rows) {
        this.id = id;
        this.rows = rows;
    }

    /**
     * The first line says what happened, others why and what to do.
     *
     * @param event with {@code type}, {@code at} and {@code data}
     */
    List<String> lines(JsonNode event) {
        List<String> lines = new ArrayList<>(said(kind(event.path("type").asText("")), event.path("data")));
        lines.set(0, Figures.time(event.path("at").asText("")) + "  " + lines.getFirst());
        return lines;
    }

    /** Such as {@code step-started}, without where it comes from and its version. */
    static String kind(String type) {
        String name = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
        return name.replaceFirst("\\.v[0-9]+$", "");
    }

    private List<String> said(String kind, JsonNode data) {
        return switch (kind) {
            case "migration-requested" ->
                List.of("requested by %s: %s"
                        .formatted(
                                text(data, "requestedBy"),
                                data.path("spec").path("name").asText("")));
            case "step-queued" -> List.of(step(data) + " waits for its turn at " + list(data.path("slots")));
            case "slots-granted" -> List.of(step(data) + " has its turn");
            case "priority-changed" ->
                List.of("priority is %s, by %s: %s"
                        .formatted(text(data, "priority"), text(data, "by"), text(data, "reason")));
            case "step-started" -> List.of(act(data) + " begins" + attempt(data) + place(data));
            case "step-succeeded" -> List.of(act(data) + " is done");
            case "step-failed" -> failed(data);
            case "step-retry-scheduled" ->
                List.of("%s is tried again at %s%s"
                        .formatted(act(data), Figures.time(text(data, "at")), attempt(data)));
            case "step-unanswered" ->
                List.of(
                        act(data) + " is not answered since " + Figures.time(text(data, "since")),
                        "    look whether its service runs and reaches Kafka");
            case "step-heard-of" -> List.of(act(data) + " is heard of again");
            case "step-skipped" ->
                List.of("%s is passed over by %s: %s".formatted(act(data), text(data, "by"), text(data, "reason")));
            case "retry-requested" -> List.of("%s is tried again, asked by %s".formatted(act(data), text(data, "by")));
            case "approval-awaited" -> awaited(data);
            case "approval-answered" ->
                List.of("gate %s %s by %s%s"
                        .formatted(
                                text(data, "gate"),
                                data.path("approved").asBoolean() ? "approved" : "rejected",
                                text(data, "by"),
                                because(data)));
            case "approval-lapsed" ->
                List.of(
                        "gate " + text(data, "gate")
                                + " asks again: the final pass would now take longer than its budget",
                        "    " + ForecastText.of(data));
            case "approval-expired" -> List.of("gate " + text(data, "gate") + " was not answered in time");
            case "timer-started" ->
                List.of("%s waits until %s%s".formatted(step(data), Figures.time(text(data, "until")), place(data)));
            case "timer-missed" -> List.of(step(data) + ": it was too late to go on");
            case "pivot-passed" -> List.of("from here on forward only: users may write on the new hub");
            case "pause-requested" -> List.of("paused by %s: %s".formatted(text(data, "by"), text(data, "reason")));
            case "resumed" -> List.of("goes on, by " + text(data, "by"));
            case "abort-requested" ->
                List.of("abort asked by %s: %s".formatted(text(data, "by"), text(data, "reason")));
            case "compensation-started" -> List.of("is taken back: " + text(data, "cause"));
            case "migration-completed" -> List.of("COMPLETED", "    what was moved: " + Hints.report(id));
            case "migration-rolled-back" ->
                List.of(
                        "ROLLED_BACK: " + text(data, "cause"),
                        "    everything is as it was before; what was tried: " + Hints.report(id));
            case "migration-parked" -> parked(data);
            default -> List.of(kind + " " + SafeText.shortened(data.toString(), UNKNOWN_SHOWN));
        };
    }

    private List<String> failed(JsonNode data) {
        List<String> lines = new ArrayList<>();
        lines.add(act(data) + " failed" + attempt(data));
        lines.addAll(FailureText.lines(data, "    "));
        return lines;
    }

    private List<String> awaited(JsonNode data) {
        String gate = text(data, "gate");
        List<String> lines = new ArrayList<>();
        lines.add("gate %s waits for a person, until %s%s"
                .formatted(gate, Figures.time(text(data, "expiresAt")), place(gate)));
        String forecast = ForecastText.of(data);
        if (!forecast.isEmpty()) {
            lines.add("    " + forecast);
        }
        lines.add("    to let it go on: " + Hints.approve(id, gate));
        return lines;
    }

    private List<String> parked(JsonNode data) {
        String step = text(data, "step");
        List<String> lines = new ArrayList<>();
        lines.add("PARKED at %s: %s".formatted(act(data), text(data, "cause")));
        lines.add("    put right what the cause names, then one of");
        lines.addAll(waysOut(id, step));
        return lines;
    }

    static List<String> waysOut(String id, String step) {
        return List.of(
                "      " + Hints.retry(id, step),
                "      " + Hints.skip(id, step) + "   (where the saga allows it)",
                "      " + Hints.abort(id) + "   (until open-target)");
    }

    private static String because(JsonNode data) {
        String comment = text(data, "comment");
        String over = text(data, "overBudget");
        return (comment.isEmpty() ? "" : ": " + comment) + (over.isEmpty() ? "" : " (over budget: " + over + ")");
    }

    private static String attempt(JsonNode data) {
        int attempt = data.path("attempt").asInt(1);
        return attempt > 1 ? ", attempt " + attempt : "";
    }

    private String place(JsonNode data) {
        return data.path("direction").asText("do").equals("do") ? place(text(data, "step")) : "";
    }

    private String place(String row) {
        int at = rows.indexOf(row);
        return at < 0 ? "" : "  (row %d of %d)".formatted(at + 1, rows.size());
    }

    private static String act(JsonNode data) {
        return data.path("direction").asText("do").equals("undo") ? "undo of " + step(data) : step(data);
    }

    private static String step(JsonNode data) {
        return text(data, "step");
    }

    private static String list(JsonNode words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.asText()));
        return String.join(", ", all);
    }

    private static String text(JsonNode data, String field) {
        return data.path(field).asText("");
    }
}
