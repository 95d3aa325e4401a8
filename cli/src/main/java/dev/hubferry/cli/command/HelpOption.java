package dev.hubferry.cli.command;

import picocli.CommandLine.Option;

/** Shows how a command is used. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;
}
