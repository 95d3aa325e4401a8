package dev.hubferry.sandbox.demo;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code ./hubferry demo} and {@code ./hubferry up}. */
@Command(
        name = "hubferry",
        subcommands = {DemoCommand.class, UpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Exits with what the command returns; 1 after an unexpected failure, 2 after a wrong option. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("hubferry: " + failure.getMessage());
            failure.printStackTrace(command.getErr());
            return 1;
        });
        System.exit(line.execute(arguments));
    }
}
