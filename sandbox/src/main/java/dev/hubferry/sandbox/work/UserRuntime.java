package dev.hubferry.sandbox.work;

import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.fakes.kubernetes.node.PodRuntime;
import dev.hubferry.testbed.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Lets a {@link UserAtWork} work in the home that a user's pod mounts, for as long as the pod runs. */
public final class UserRuntime implements PodRuntime {
    private static final String HOME = "/home/jovyan";

    private final Path directory;
    private final Path journal;
    private final double changesPerSecond;
    private final long seed;

    /**
     * Lets users work in pods.
     *
     * @param directory for scripts and logs
     * @param journal writes.jsonl
     * @param changesPerSecond of each user; 0 for users who have a server and do nothing
     * @param seed of what they do
     */
    public UserRuntime(Path directory, Path journal, double changesPerSecond, long seed) {
        this.directory = directory;
        this.journal = journal;
        this.changesPerSecond = changesPerSecond;
        this.seed = seed;
    }

    @Override
    public Optional<PodHandle> start(PodContext pod) {
        var metadata = pod.manifest().path("metadata");
        boolean user = metadata.at("/labels/component").asText().equals("singleuser-server");
        if (!user || changesPerSecond == 0) {
            return Optional.empty();
        }
        String name = metadata.at("/annotations/hub.jupyter.org~1username").asText();
        UserAtWork work = UserAtWork.start(
                directory.resolve(pod.name()),
                new UserAtWork.Job(name, pod.directory(HOME), journal, changesPerSecond, seed + name.hashCode()));
        return Optional.of(new Working(work.process()));
    }

    private record Working(ChildProcess process) implements PodHandle {
        @Override
        public void stop(Duration grace) {
            process.askToEnd();
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public CompletionStage<Integer> ended() {
            return process.onExit();
        }
    }
}
