package dev.hubferry.fakes.kubernetes.node;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The really running commands of a pod's containers, as one: it has ended when all have. */
final class ContainerProcesses implements PodHandle {

    private static final int CHUNK = 8192;

    private final List<Process> processes = new ArrayList<>();
    private final List<CompletableFuture<Integer>> exits = new ArrayList<>();

    /** Takes a started process whose stderr is merged into its stdout. */
    void add(Process process, ContainerLog log) throws IOException {
        process.getOutputStream().close();
        processes.add(process);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        exits.add(exit);
        PipeThreads.start("output-" + process.pid(), () -> {
            drain(process.getInputStream(), log);
            exit.completeAsync(() -> waitFor(process));
        });
    }

    @Override
    public void stop(Duration grace) {
        processes.forEach(ContainerSandbox::terminate);
    }

    @Override
    public void kill() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Override
    public CompletionStage<Integer> ended() {
        return CompletableFuture.allOf(exits.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> exits.stream()
                        .map(CompletableFuture::join)
                        .filter(code -> code != 0)
                        .findFirst()
                        .orElse(0));
    }

    private static void drain(InputStream output, ContainerLog log) {
        byte[] buffer = new byte[CHUNK];
        try (output) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                log.write(buffer, n);
            }
        } catch (IOException e) {
            log.append("(output lost: " + e.getMessage() + ")");
        }
        log.finish();
    }

    private static int waitFor(Process process) {
        return process.onExit().join().exitValue();
    }
}
