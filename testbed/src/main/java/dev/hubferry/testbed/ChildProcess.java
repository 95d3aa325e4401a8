package dev.hubferry.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this JVM, however the JVM ends.
 *
 * <p>The kernel kills the child when the thread that started it ends ({@code PR_SET_PDEATHSIG}), so all children are
 * started by one thread that lives as long as the JVM. Where {@code setpriv} is missing only the shutdown hook is left.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("testbed-starter").factory());

    private static final Duration EXIT_LIMIT = Duration.ofMinutes(10);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * What to start.
     *
     * @param name for messages
     * @param command program and arguments; secrets do not belong here, every user of the machine can read them
     * @param environment added to the JVM's own environment
     * @param directory working directory
     * @param log receives stdout and stderr, appended
     */
    public record Spec(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        public Spec {
            if (command.isEmpty()) {
                throw new IllegalArgumentException("command of " + name + " is empty");
            }
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /** Starts the process; its stdin is /dev/null. */
    public static ChildProcess start(Spec spec) {
        try {
            Files.createDirectories(spec.directory());
            ProcessBuilder builder = new ProcessBuilder(guarded(spec.command()))
                    .directory(spec.directory().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().putAll(spec.environment());
            Process process = STARTER.submit(builder::start).get();
            ChildProcess child = new ChildProcess(spec.name(), process, spec.log());
            AtExit.add(child::kill);
            return child;
        } catch (IOException | ExecutionException e) {
            throw new TestbedException(
                    "cannot start " + spec.name() + ": " + spec.command().getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while starting " + spec.name(), e);
        }
    }

    private static List<String> guarded(List<String> command) {
        if (!Files.isExecutable(SETPRIV)) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        all.addAll(command);
        return all;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code; 128 + signal number when a signal ended it. Waits for the end, though not for ever. */
    public int exitCode() {
        try {
            if (!process.waitFor(EXIT_LIMIT.toMinutes(), TimeUnit.MINUTES)) {
                throw new TestbedException(name + " has not ended after " + EXIT_LIMIT + "\n" + logTail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while waiting for " + name, e);
        }
    }

    /** Completes with the exit code when the process has ended. */
    public CompletionStage<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the process to end (SIGTERM) and does not wait. */
    public void askToEnd() {
        process.destroy();
    }

    /** Sends SIGKILL and waits until the process is gone. Does nothing when it is gone already. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd(Duration.ofSeconds(10));
    }

    /** Sends SIGTERM; SIGKILL when it has not ended within {@code grace}. */
    public void terminate(Duration grace) {
        process.destroy();
        killUnlessEnded(grace);
    }

    /** Waits for a process that was asked to end; SIGKILL when it has not ended within {@code grace}. */
    public void killUnlessEnded(Duration grace) {
        if (!waitForEnd(grace)) {
            kill();
        }
    }

    /** Freezes the process (SIGSTOP), as a machine that only sleeps. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process run on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    /** Sends a signal by its name without SIG, such as HUP. */
    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Resident memory in bytes, from /proc; 0 when the process is gone. */
    public long residentBytes() {
        return memory("VmRSS:");
    }

    /** The most resident memory that it ever had, in bytes, from /proc; 0 when the process is gone. */
    public long peakResidentBytes() {
        return memory("VmHWM:");
    }

    private long memory(String key) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    public Path log() {
        return log;
    }

    /** The last lines of the log, for messages. */
    public String logTail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /**
     * Waits until {@code ready} is true.
     *
     * @throws TestbedException with the end of the log when the process ended first or the deadline passed
     */
    public void awaitReady(Duration deadline, Callable<Boolean> ready) {
        try {
            Await.until(name + " to be ready", deadline, () -> !isAlive() || ready.call());
        } catch (TestbedException e) {
            kill();
            throw new TestbedException(e.getMessage() + "\n" + logTail(), e);
        }
        if (!isAlive()) {
            throw new TestbedException(name + " ended with exit code " + exitCode() + "\n" + logTail());
        }
    }

    @Override
    public void close() {
        terminate(Duration.ofSeconds(5));
    }

    private boolean waitForEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
