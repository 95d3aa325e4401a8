package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Superseded;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The run directory of a route on the target, as one run of a command sees it: every change in it is fenced by command and epoch. */
final class RunDirectory {
    static final int REPLACED = 64;
    static final int NOT_OPEN = 65;

    /** The lock could not be had in time, a runner did not begin or end in time: a host under too much load, which gets better. */
    private static final Set<Integer> SLOW = Set.of(66, 71, 72);

    private final RemoteShell shell;
    private final String path;
    private final CommandRun run;

    RunDirectory(RemoteShell shell, String path, CommandRun run) {
        this.shell = shell;
        this.path = path;
        this.run = run;
    }

    RemoteShell shell() {
        return shell;
    }

    String path() {
        return path;
    }

    /** The command's id in a form that is safe in file names. */
    static String commandKey(CommandRun run) {
        try {
            byte[] id = run.command().value().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Writes a small file on which nothing depends.
     *
     * @return false when the host could not, for lack of room or of processes
     */
    boolean put(String name, String content) throws InterruptedException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        run.ensureHeld();
        HostResult result = shell.run(fenced("put", name, String.valueOf(bytes.length)), bytes);
        if (result.exit() == REPLACED || result.exit() == NOT_OPEN) {
            throw failure(shell, result);
        }
        return result.exit() == 0;
    }

    /** Entries with this prefix, each with a NUL behind it. */
    static byte[] nulSeparated(Iterable<String> names, String prefix) {
        StringBuilder list = new StringBuilder();
        names.forEach(name -> list.append(prefix).append(name).append('\0'));
        return list.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A script of the run directory with the arguments RUN COMMAND EPOCH and then these. */
    HostCommand fenced(String script, String... arguments) {
        List<String> all = new ArrayList<>(List.of(path, commandKey(run), String.valueOf(run.epoch())));
        all.addAll(List.of(arguments));
        return HostCommand.script(script, all.toArray(String[]::new));
    }

    /** Runs a fenced script that has to succeed. */
    String require(HostCommand command, byte[] input) throws InterruptedException {
        run.ensureHeld();
        HostResult result = shell.run(command, input);
        if (result.exit() != 0) {
            throw failure(shell, result);
        }
        return result.text();
    }

    String require(HostCommand command) throws InterruptedException {
        return require(command, new byte[0]);
    }

    /** Runs a fenced script that has to succeed, with an input that need not fit into memory. */
    void require(HostCommand command, FileBundle input) throws InterruptedException {
        run.ensureHeld();
        try (RemoteProcess process = shell.start(command)) {
            send(process, input);
            HostResult result = process.await(process.read(RemoteShell.OUTPUT_LIMIT));
            if (result.exit() != 0) {
                throw failure(shell, result);
            }
        }
    }

    private static void send(RemoteProcess process, FileBundle input) throws InterruptedException {
        try (OutputStream stdin = new BufferedOutputStream(process.stdin(), 1 << 16)) {
            input.writeTo(stdin);
        } catch (IOException e) {
            SshjProcess.rethrowInterrupt(e);
            // The command ended without reading its input, or the link is lost: its end says which.
        }
    }

    /** What an exit code other than 0 means. */
    static RuntimeException failure(RemoteShell shell, HostResult result) {
        return switch (result.exit()) {
            case REPLACED ->
                new Superseded("%s on %s: %s"
                        .formatted(
                                result.command(), shell.label(), result.errors().strip()));
            case NOT_OPEN -> Refusal.of(ErrorCode.ROUTE_NOT_OPEN, "there is no open route on " + shell.label());
            default ->
                PassErrors.tellsOfNoRoom(result.errors())
                        ? Refusal.of(ErrorCode.TARGET_FULL, result.describe(shell.label()))
                        : SLOW.contains(result.exit())
                                ? Refusal.of(ErrorCode.COPY_FAILED, result.describe(shell.label()))
                                : result.unexpected(shell.label());
        };
    }
}
