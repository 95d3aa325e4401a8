package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;

/** {@code hubferry migrations reject}. */
@Command(
        name = "reject",
        description = "Rejects a gate: the migration is taken back, or parked when it can go forward only.")
final class RejectCommand extends GateAnswer {
    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return answer(api, terminal, false, "");
    }
}
