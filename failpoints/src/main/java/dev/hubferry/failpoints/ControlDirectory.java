package dev.hubferry.failpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * How a test tells one process where to halt, and learns which failpoints it came by.
 *
 * <pre>
 *   armed    "point moment nth", written by the test at any time; the process renames it at the moment it halts
 *   halted   what armed was
 *   hits     a line for every failpoint that the process came by, and its successors
 * </pre>
 *
 * @param path of the directory
 */
public record ControlDirectory(Path path) {
    static final String ARMED = "armed";
    static final String HALTED = "halted";
    static final String HITS = "hits";

    /** Makes the directory when it is not there. */
    public static ControlDirectory make(Path path) throws IOException {
        return new ControlDirectory(Files.createDirectories(path));
    }

    /** The argument for {@code java} that attaches the agent to a process. */
    public String agentArgument(Path agentJar) {
        return "-javaagent:" + agentJar + "=" + path;
    }

    /** From now on the process is to halt there, once. */
    public void arm(Arm arm) throws IOException {
        disarm();
        Path written = Files.writeString(path.resolve("arming"), arm.line());
        Files.move(written, path.resolve(ARMED), StandardCopyOption.ATOMIC_MOVE);
    }

    /** From now on the process halts nowhere. */
    public void disarm() throws IOException {
        Files.deleteIfExists(path.resolve(ARMED));
        Files.deleteIfExists(path.resolve(HALTED));
    }

    /** Whether the process halted where it was last told to. */
    public boolean hasHalted() {
        return Files.exists(path.resolve(HALTED));
    }

    /** All failpoints that the process came by, in their order. */
    public List<Hit> hits() throws IOException {
        Path file = path.resolve(HITS);
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Hit::parse).toList()
                : List.of();
    }

    /** Where it is armed to halt and did not yet. */
    public Optional<Arm> armed() throws IOException {
        Path file = path.resolve(ARMED);
        return Files.exists(file) ? Optional.of(Arm.parse(Files.readString(file))) : Optional.empty();
    }
}
