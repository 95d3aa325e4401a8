package dev.hubferry.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what this JVM logs to a file, so that the terminal is left to the demo. */
public final class SandboxLog {
    private static final Logger ROOT = Logger.getLogger("");

    private SandboxLog() {}

    /** From now on this JVM logs to the file, from INFO upwards, and no longer to the terminal. */
    public static void to(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // The handler takes % for a pattern.
            Handler handler = new FileHandler(file.toString().replace("%", "%%"), true);
            handler.setFormatter(new SimpleFormatter());
            for (Handler other : ROOT.getHandlers()) {
                ROOT.removeHandler(other);
            }
            ROOT.setLevel(Level.INFO);
            ROOT.addHandler(handler);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot log to " + file, e);
        }
    }
}
