package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;

/** {@code hubferry migrations resume}. */
@Command(name = "resume", description = "Lets a paused migration go on.")
final class ResumeCommand extends VerbCommand {

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return say(api, terminal, "resume", Json.object());
    }
}
