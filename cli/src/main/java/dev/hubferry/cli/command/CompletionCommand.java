package dev.hubferry.cli.command;

import dev.hubferry.cli.Main;
import dev.hubferry.cli.text.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hubferry migrations completion}. */
@Command(
        name = "completion",
        description = "Prints a script for completion in bash and zsh.",
        footer = "%nIn bash: source <(./hubferry migrations completion)")
final class CompletionCommand implements Callable<Integer> {
    /** Of the launcher itself. */
    private static final List<String> OTHERS =
            List.of("demo", "up", "simulate", "bench", "test", "fix", "doctor", "help");

    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Terminal terminal = ((Main) spec.root().userObject()).terminal();
        CommandLine all = new CommandLine(CommandSpec.create().name("hubferry"));
        OTHERS.forEach(word -> all.addSubcommand(word, CommandSpec.create()));
        all.addSubcommand("migrations", new CommandLine(new Migrations()));
        terminal.raw(AutoComplete.bash("hubferry", all));
        return 0;
    }
}
