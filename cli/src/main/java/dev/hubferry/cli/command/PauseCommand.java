package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hubferry migrations pause}. */
@Command(name = "pause", description = "Begins nothing new from the next safe boundary on; never lengthens a downtime.")
final class PauseCommand extends VerbCommand {
    @Option(names = "--reason", required = true, description = "why; it stands in the audit")
    private String reason = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return say(api, terminal, "pause", reason(reason));
    }
}
