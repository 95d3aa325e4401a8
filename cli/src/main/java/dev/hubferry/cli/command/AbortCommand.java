package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hubferry migrations abort}. */
@Command(name = "abort", description = "Takes a migration back; possible until open-target.")
final class AbortCommand extends VerbCommand {
    @Option(names = "--reason", required = true, description = "why; it stands in the audit")
    private String reason = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return say(api, terminal, "abort", reason(reason));
    }
}
