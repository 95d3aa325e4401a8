package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Runs commands on one host; everything that touches a host goes through here. */
interface RemoteShell {
    /** The most that {@link #run} takes from a command's output. */
    int OUTPUT_LIMIT = 16 << 20;

    /** The host in words. */
    String label();

    /**
     * Starts a command.
     *
     * @throws Refusal SSH_UNREACHABLE when there is no connection and none can be made, HOST_KEY_CHANGED, SSH_AUTH_FAILED
     */
    RemoteProcess start(HostCommand command) throws InterruptedException;

    /**
     * Runs a command to its end; any exit code is an answer.
     *
     * @param input for its standard input
     * @throws Refusal as {@link #start}; also when the connection is lost or the deadline passes
     */
    default HostResult run(HostCommand command, byte[] input) throws InterruptedException {
        try (RemoteProcess process = start(command)) {
            try (OutputStream stdin = process.stdin()) {
                stdin.write(input);
            } catch (IOException e) {
                SshjProcess.rethrowInterrupt(e);
                // The command ended without reading its input, or the link is lost: its end says which.
            }
            byte[] output = process.read(OUTPUT_LIMIT);
            return process.await(output);
        }
    }

    default HostResult run(HostCommand command) throws InterruptedException {
        return run(command, new byte[0]);
    }

    /**
     * Runs a command that has to end with exit code 0.
     *
     * @return what it printed, as text of one char for each byte
     * @throws Refusal as {@link #run}
     * @throws IllegalStateException with the end of its error output when it failed
     */
    default String require(HostCommand command, byte[] input) throws InterruptedException {
        HostResult result = run(command, input);
        if (result.exit() != 0) {
            throw result.unexpected(label());
        }
        return result.text();
    }

    default String require(HostCommand command) throws InterruptedException {
        return require(command, new byte[0]);
    }

    /**
     * How a command ended.
     *
     * @param command its name
     * @param exit its exit code
     * @param output what it printed
     * @param errors the end of what it printed to standard error
     */
    record HostResult(String command, int exit, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.ISO_8859_1);
        }

        IllegalStateException unexpected(String host) {
            return new IllegalStateException(describe(host));
        }

        String describe(String host) {
            return "%s on %s ended with exit code %d: %s".formatted(command, host, exit, errors.strip());
        }
    }
}
