package dev.hubferry.cli;

import dev.hubferry.cli.command.Migrations;
import dev.hubferry.cli.text.Terminal;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code ./hubferry migrations}. */
@Command(name = "hubferry", subcommands = Migrations.class, description = "Moves a JupyterHub between clusters.")
public final class Main {
    /** An error of this program; the launcher ends so as well when it cannot build. */
    private static final int BROKEN = 70;

    private static final int USUAL_WIDTH = 80;

    private final Terminal terminal;

    public Main(Terminal terminal) {
        this.terminal = terminal;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Exits with the code of an {@link Exit}. */
    public static void main(String[] arguments) {
        Terminal terminal =
                new Terminal(System.in, System.out, System.err, is("hubferry.asks"), is("hubferry.draws"), width());
        System.exit(run(terminal, arguments));
    }

    /** @param arguments from {@code migrations} on */
    public static int run(Terminal terminal, String... arguments) {
        if (Arrays.stream(arguments).anyMatch(word -> word.equals("--token") || word.startsWith("--token="))) {
            // What is wrong with a command line is told with its words, and one of these would be the token.
            terminal.note(
                    "a token is no argument, since everybody on the machine sees arguments: put it into --token-file");
            return Exit.USAGE.code();
        }
        CommandLine line = new CommandLine(new Main(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
        return line.execute(arguments);
    }

    private static int failed(Terminal terminal, Exception e) {
        if (e instanceof CliException expected) {
            expected.lines().forEach(terminal::note);
            return expected.exit().code();
        }
        terminal.note("hubferry has an error: " + e);
        for (StackTraceElement place : e.getStackTrace()) {
            terminal.note("    at " + place);
        }
        return BROKEN;
    }

    /** The launcher knows: Java tells of both ends together only. */
    private static boolean is(String property) {
        return Boolean.getBoolean(property);
    }

    private static int width() {
        return Math.max(20, Integer.getInteger("hubferry.width", USUAL_WIDTH));
    }
}
