package dev.hubferry.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The words of REST as commands. */
@Command(
        name = "migrations",
        description = "Plans, requests, watches and answers migrations, through the REST API of a Hubferry.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PlanCommand.class,
            ApplyCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            AbortCommand.class,
            RetryCommand.class,
            SkipCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ReportCommand.class,
            ReceiptCommand.class,
            CompletionCommand.class
        },
        footerHeading = "%nWhere and who: --server or HUBFERRY_SERVER, --token-file or HUBFERRY_TOKEN_FILE.%n%n",
        footer = "See the options of a command with: hubferry migrations COMMAND --help",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; a watched migration was completed",
            "1:refused by the server, or the input was rejected: every error is printed",
            "2:the command line, the spec file or the token file is wrong",
            "3:not reachable, no answer in time, or the server cannot answer now: try again",
            "4:the token is not valid, or its role does not allow this (401, 403)",
            "5:the watched migration was taken back",
            "6:it is parked or waits at a gate for a person, where --until asked for that",
            "7:the plan needs attention"
        })
public final class Migrations {
    @Mixin
    private HelpOption help = new HelpOption();
}
