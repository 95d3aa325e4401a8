package dev.hubferry.cli.command;

import java.util.UUID;
import picocli.CommandLine.Option;

/** By what the server knows a request again. */
final class KeyOption {
    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "of a request whose answer was lost: it is not done twice (default: a new one)",
            defaultValue = "")
    private String given = "";

    String key() {
        if (given.isBlank()) {
            given = UUID.randomUUID().toString();
        }
        return given;
    }
}
