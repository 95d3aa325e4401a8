package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.ForecastText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An answer to a gate, after what should be known before it was shown and a person has said yes. */
abstract class GateAnswer extends VerbCommand {
    @Parameters(index = "1", paramLabel = "GATE", description = "such as approve-plan")
    private String gate = "";

    @Option(names = "--comment", description = "it stands in the audit", defaultValue = "")
    private String comment = "";

    @Option(
            names = {"-y", "--yes"},
            description = "asks nothing; required where nobody can be asked")
    private boolean yes;

    String gate() {
        return gate;
    }

    Exit answer(Api api, Terminal terminal, boolean approved, String overBudget) throws InterruptedException {
        if (!yes && !terminal.asks()) {
            throw new CliException(Exit.USAGE, "there is no terminal to ask on: add --yes");
        }
        show(api, terminal);
        if (!yes && !terminal.confirms(approved ? "Approve " + gate + "?" : "Reject " + gate + "?")) {
            throw new CliException(Exit.REFUSED, "not answered: the gate still waits");
        }
        var body = Json.object().put("approved", approved);
        if (!comment.isBlank()) {
            body.put("comment", comment);
        }
        if (!overBudget.isBlank()) {
            body.put("overBudget", overBudget);
        }
        return say(api, terminal, "approvals/" + ServerUrl.segment(gate), body);
    }

    /** On standard error: what a script reads is the answer. */
    private void show(Api api, Terminal terminal) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode one : api.get(path() + "/approvals").json()) {
            names.add(one.path("gate").asText());
            if (names.getLast().equals(gate)) {
                lines(one).forEach(terminal::note);
                return;
            }
        }
        throw new CliException(
                Exit.REFUSED,
                "%s has no gate '%s'".formatted(id(), gate),
                "  what to do: name one of " + String.join(", ", names));
    }

    private static List<String> lines(JsonNode gate) {
        List<String> lines = new ArrayList<>();
        lines.add("gate %s: %s%s"
                .formatted(
                        gate.path("gate").asText(),
                        gate.path("state").asText(),
                        gate.has("expiresAt")
                                ? ", until "
                                        + Figures.time(gate.path("expiresAt").asText())
                                : ""));
        for (JsonNode notice : gate.path("notices")) {
            lines.add("  notice: %s: %s"
                    .formatted(
                            notice.path("where").asText(), notice.path("text").asText()));
        }
        String forecast = ForecastText.of(gate);
        if (!forecast.isEmpty()) {
            lines.add("  forecast: " + forecast);
        }
        return lines;
    }
}
