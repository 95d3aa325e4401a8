package dev.hubferry.cli;

import java.util.List;

/** Ends a command with an exit code and lines that say why and what to do. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final transient List<String> lines;

    public CliException(Exit exit, List<String> lines) {
        super(String.join("\n", lines));
        this.exit = exit;
        this.lines = List.copyOf(lines);
    }

    public CliException(Exit exit, String... lines) {
        this(exit, List.of(lines));
    }

    public Exit exit() {
        return exit;
    }

    public List<String> lines() {
        return lines;
    }
}
