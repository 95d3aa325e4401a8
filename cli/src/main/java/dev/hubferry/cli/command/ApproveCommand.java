package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hubferry migrations approve}. */
@Command(name = "approve", description = "Shows what should be known before a gate is approved, asks, and approves it.")
final class ApproveCommand extends GateAnswer {
    @Option(
            names = "--over-budget",
            paramLabel = "REASON",
            description = "why the final pass may take longer than cutover.finalPassBudget",
            defaultValue = "")
    private String overBudget = "";

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return answer(api, terminal, true, overBudget);
    }
}
