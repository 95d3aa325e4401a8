package dev.hubferry.bench;

import dev.hubferry.bench.homes.HomesCommand;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code ./hubferry bench}. */
@Command(
        name = "hubferry bench",
        description = "Puts the real services under load and says what they bear.",
        subcommands = {SagaCommand.class, HomesCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /** Exits with 0 when everything that was asked for ended well, else with 1. */
    public static void main(String[] arguments) {
        // The parts of the testbed tell at length how they are set.
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
