package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.Table;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.FailureText;
import dev.hubferry.cli.watch.ProgressLine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations show}. */
@Command(name = "show", description = "Shows where a migration stands, all that failed, and what makes it go on.")
final class ShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "of the migration")
    private String id = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        String path = "migrations/" + ServerUrl.segment(id);
        Answer answer = api.get(path);
        if (connection().json()) {
            terminal.raw(answer.text());
            return Exit.OK;
        }
        terminal.lines(MigrationText.lines(answer.json()));
        JsonNode steps = api.get(path + "/steps").json();
        terminal.lines(failures(steps));
        terminal.lines(table(steps).lines());
        return Exit.OK;
    }

    /** Of every row, not of the first one only, and of undos as well. */
    private static List<String> failures(JsonNode steps) {
        List<String> lines = new ArrayList<>();
        for (JsonNode step : steps) {
            String name = step.path("name").asText();
            addFailure(name, step, lines);
            addFailure("undo of " + name, step.path("undo"), lines);
        }
        return lines;
    }

    private static void addFailure(String what, JsonNode run, List<String> lines) {
        if (run.path("failure").isObject()) {
            lines.add("  failed: %s (%s, attempts: %d)"
                    .formatted(
                            what,
                            run.path("state").asText(),
                            run.path("attempts").asLong()));
            lines.addAll(FailureText.lines(run.path("failure"), "    "));
        }
    }

    private static Table table(JsonNode steps) {
        Table table = new Table("PHASE", "ROW", "STATE", "ATTEMPTS", "SINCE", "TAKEN BACK", "PROGRESS");
        for (JsonNode step : steps) {
            String name = step.path("name").asText();
            table.row(
                    step.path("phase").asText(""),
                    name,
                    step.path("state").asText(""),
                    step.path("attempts").asText(""),
                    Figures.time(step.path("startedAt").asText("")),
                    step.at("/undo/state").asText(""),
                    step.has("progress")
                            ? ProgressLine.plain("", step.path("progress")).strip()
                            : "");
        }
        return table;
    }
}
