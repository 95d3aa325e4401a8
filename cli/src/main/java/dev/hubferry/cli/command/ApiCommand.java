package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.Main;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to a server. */
@Command(sortOptions = false)
abstract class ApiCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help = new HelpOption();

    @Mixin
    private Connection connection = new Connection();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        Terminal terminal = ((Main) spec.root().userObject()).terminal();
        return run(connection.api(terminal), terminal).code();
    }

    /** @throws dev.hubferry.cli.CliException when it did not do what it should */
    abstract Exit run(Api api, Terminal terminal) throws Exception;

    Connection connection() {
        return connection;
    }
}
