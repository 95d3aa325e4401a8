package dev.hubferry.failpoints;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The process's side of a {@link ControlDirectory}.
 *
 * <p>It uses streams, never channels: a channel closes when a thread that was interrupted touches it, and runs that lose their lease are
 * interrupted.
 */
final class HaltingPlace {
    private final File hits;
    private final File armed;
    private final File halted;
    private String armedLine = "";
    private int seen;

    HaltingPlace(File directory) {
        this.hits = new File(directory, ControlDirectory.HITS);
        this.armed = new File(directory, ControlDirectory.ARMED);
        this.halted = new File(directory, ControlDirectory.HALTED);
    }

    /** True when the process has to halt now; it is armed no more then, so that its successor does not halt again. */
    synchronized boolean isLast(Hit hit) throws IOException {
        try (OutputStream out = new FileOutputStream(hits, true)) {
            out.write(hit.line().getBytes(StandardCharsets.UTF_8));
        }
        Optional<Arm> arm = arm().filter(it -> it.isAt(hit));
        if (arm.isEmpty()) {
            return false;
        }
        seen++;
        return seen == arm.get().nth() && armed.renameTo(halted);
    }

    private Optional<Arm> arm() throws IOException {
        String line = armed.exists() ? read(armed) : "";
        if (!line.equals(armedLine)) {
            armedLine = line;
            seen = 0;
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(Arm.parse(line));
    }

    private static String read(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
