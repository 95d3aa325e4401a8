package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.db.domain.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Runs commands where the hub's volume is mounted.
 *
 * <p>The streams are not to be trusted: stdout may end early with exit code 0, and stdin cannot be closed. Whoever uses this sends data
 * whose length the command knows, and checks what comes back.
 */
interface RoomCommands {
    /**
     * Runs {@code command} and waits for its end.
     *
     * @throws Refusal when the place or the way to it does not take part, or the command takes too long
     */
    Outcome run(List<String> command, Input input, OutputStream stdout) throws InterruptedException;

    /** Writes what the command is to read. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream stdin) throws IOException;
    }

    /**
     * @param exitCode as the place reports it; -1 when the streams ended without one
     * @param errors the start of what the command wrote to stderr
     */
    record Outcome(int exitCode, String errors) {}
}
