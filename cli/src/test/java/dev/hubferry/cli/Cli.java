package dev.hubferry.cli;

import dev.hubferry.cli.text.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as the launcher does, in this JVM. */
final class Cli {
    static final String TOKEN = "s3cret-token";

    private final FakeServer server;
    private final Path tokenFile;
    private String in = "";
    private boolean asks;
    private boolean draws;

    Cli(FakeServer server, Path directory) throws IOException {
        this.server = server;
        this.tokenFile = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-------"));
    }

    /** What a command printed and how it ended. */
    record Ran(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        String all() {
            return out + err;
        }
    }

    /** A person types this. */
    Cli typing(String text) {
        in = text;
        asks = true;
        return this;
    }

    /** Standard input that is no terminal. */
    Cli reading(String text) {
        in = text;
        return this;
    }

    Cli onTerminal() {
        draws = true;
        return this;
    }

    Path tokenFile() {
        return tokenFile;
    }

    Ran run(String... words) {
        List<String> arguments = new ArrayList<>(List.of("migrations"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--server", server.url(), "--token-file", tokenFile.toString()));
        if (!arguments.contains("--patience")) {
            arguments.addAll(List.of("--patience", "3s"));
        }
        return bare(arguments.toArray(String[]::new));
    }

    /** Without a server and a token. */
    Ran bare(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                asks,
                draws,
                100);
        int exit = Main.run(terminal, arguments);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
