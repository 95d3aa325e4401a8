package dev.hubferry.fakes.kubernetes.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A container's private view of this host: its own mounts, its own processes, its own user.
 *
 * <p>A holder process keeps the namespaces; it waits on its standard input, which this JVM holds. So when the JVM goes,
 * however it goes, the holder goes too, and with it (it is process 1 in there) every process of the container.
 *
 * <pre>
 *   JVM ─stdin─► unshare ─► container.sh ─► cat      exec: nsenter ─► setpriv ─► env -C ─► the command
 *                         (mounts, chroot) (holder)  main: nsenter ─► unshare ─► setpriv ─► env -C ─► the command
 * </pre>
 */
final class ContainerSandbox implements AutoCloseable {

    private static final String SCRIPT = script();

    private final Process holder;
    private final long holderPid;
    private final RunAs runAs;
    private final Map<String, String> environment;

    private ContainerSandbox(Process holder, long holderPid, RunAs runAs, Map<String, String> environment) {
        this.holder = holder;
        this.holderPid = holderPid;
        this.runAs = runAs;
        this.environment = environment;
    }

    /**
     * Sets the namespaces up.
     *
     * @param directory of this container alone; what it writes outside of its volumes stays there
     * @throws IOException when this process may not make namespaces (it must be root on Linux), or a mount fails
     */
    static ContainerSandbox open(Path directory, List<Mount> mounts, RunAs runAs, Map<String, String> environment)
            throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        Path spare = Files.createDirectories(directory.resolve("spare"));
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "--"));
        command.addAll(List.of("sh", "-c", SCRIPT, "container.sh", root.toString(), spare.toString()));
        for (Mount mount : mounts) {
            command.addAll(List.of(mount.hostPath().toString(), mount.mountPath(), mount.readOnly() ? "ro" : "rw"));
        }
        Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
        long pid = awaitReady(holder);
        return new ContainerSandbox(holder, pid, runAs, environment);
    }

    private static long awaitReady(Process holder) throws IOException {
        BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
        StringBuilder complaints = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if ("ready".equals(line)) {
                return holder.children()
                        .findFirst()
                        .orElseThrow(() -> new IOException("the container ended at once"))
                        .pid();
            }
            complaints.append(line).append('\n');
        }
        throw new IOException("cannot make a container's namespaces (this needs root on Linux): " + complaints);
    }

    /** Starts a command inside, beside whatever else runs there; its streams are pipes. */
    Process start(List<String> command, String workingDirectory, boolean mergeStderr) throws IOException {
        return start(List.of(), command, workingDirectory, mergeStderr);
    }

    /**
     * Starts the container's main program, stderr merged into stdout.
     *
     * <p>It is process 1 of its namespace, as in a real container, and so the kernel shields it from every SIGTERM that
     * it has no handler for: a plain {@code sleep} lives until its grace is over.
     */
    Process startMain(List<String> command, String workingDirectory) throws IOException {
        return start(List.of("unshare", "--pid", "--fork", "--kill-child", "--"), command, workingDirectory, true);
    }

    private Process start(List<String> wrapper, List<String> command, String workingDirectory, boolean mergeStderr)
            throws IOException {
        List<String> whole = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(holderPid), "--mount", "--pid", "--root", "--wd", "--"));
        whole.addAll(wrapper);
        whole.addAll(runAs.command());
        whole.addAll(List.of("env", "-C", workingDirectory, "--"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(mergeStderr);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Whether the program is there, as a path or in the container's PATH. */
    boolean hasProgram(String program) {
        if (program.contains("/")) {
            return exists(program);
        }
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> exists(directory + "/" + program));
    }

    /** Sends SIGTERM to a main program: nsenter's child is unshare, whose child it is. */
    static void terminate(Process startedMain) {
        startedMain.children().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroy);
    }

    /** Ends every process of the container. */
    @Override
    public void close() {
        holder.destroyForcibly();
        ProcessHandle.of(holderPid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private boolean exists(String path) {
        return Files.exists(Path.of("/proc/" + holderPid + "/root", path), LinkOption.NOFOLLOW_LINKS);
    }

    private static String script() {
        try (InputStream in = ContainerSandbox.class.getResourceAsStream("container.sh")) {
            if (in == null) {
                throw new IllegalStateException("container.sh is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
