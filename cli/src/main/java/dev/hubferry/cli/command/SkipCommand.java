package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations skip}. */
@Command(name = "skip", description = "Passes over a step that failed, or a wait, where the saga allows it.")
final class SkipCommand extends VerbCommand {
    @Parameters(index = "1", paramLabel = "STEP", description = "the step or gate, such as seed-homes")
    private String step = "";

    @Option(names = "--reason", required = true, description = "why; it stands in the audit")
    private String reason = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return say(api, terminal, "steps/" + ServerUrl.segment(step) + "/skip", reason(reason));
    }
}
