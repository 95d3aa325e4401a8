package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations retry}. */
@Command(
        name = "retry",
        description = "Tries again what failed: a step, its undo, or a gate that parked the migration.")
final class RetryCommand extends VerbCommand {
    @Parameters(index = "1", paramLabel = "STEP", description = "the step or gate, such as seed-homes")
    private String step = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        terminal.note(
                "the spec is the one that was requested: to change it, abort this migration and apply another one");
        return say(api, terminal, "steps/" + ServerUrl.segment(step) + "/retry", Json.object());
    }
}
