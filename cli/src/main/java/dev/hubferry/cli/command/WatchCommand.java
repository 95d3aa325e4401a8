package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations watch}. */
@Command(
        name = "watch",
        description =
                "Tells what happened to a migration and goes on telling as it happens, over restarts of the server.")
final class WatchCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "of the migration")
    private String id = "";

    @Mixin
    private WatchOptions options = new WatchOptions();

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        return options.watch(api, terminal, connection(), id);
    }
}
