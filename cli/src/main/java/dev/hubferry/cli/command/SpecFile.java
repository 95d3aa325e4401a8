package dev.hubferry.cli.command;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A spec as it is in its file; what it says the server reads.
 *
 * @param contentType by the file's name, else by its first character
 */
record SpecFile(byte[] bytes, String contentType) {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    /** @param file or {@code -} for {@code in} */
    static SpecFile read(String file, InputStream in) {
        byte[] bytes;
        try {
            bytes = file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new CliException(Exit.USAGE, "the spec file %s cannot be read: %s".formatted(file, e));
        }
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            throw new CliException(Exit.USAGE, "the spec file %s is empty".formatted(file));
        }
        return new SpecFile(bytes, contentType(file.toLowerCase(Locale.ROOT), bytes));
    }

    private static String contentType(String name, byte[] bytes) {
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        if (name.endsWith(".json")) {
            return JSON;
        }
        return new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("{") ? JSON : YAML;
    }
}
