package dev.hubferry.sandbox.work;

import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.fakes.kubernetes.node.PodRuntime;
import dev.hubferry.testbed.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a {@link UserAtWork} work in the home that a user's pod mounts, for as long as the pod runs. */
public final class UserRuntime implements PodRuntime {
    private static final String HOME = "/home/jovyan";

    private final Path directory;
    private final Path journal;
    private final double changesPerSecond;
    private final long seed;
    private final Set<ChildProcess> working = ConcurrentHashMap.newKeySet();
    private boolean over;

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
    public synchronized Optional<PodHandle> start(PodContext pod) {
        var metadata = pod.manifest().path("metadata");
        boolean user = metadata.at("/labels/component").asText().equals("singleuser-server");
        if (!user || over || changesPerSecond == 0) {
            return Optional.empty();
        }
        String name = metadata.at("/annotations/hub.jupyter.org~1username").asText();
        UserAtWork work = UserAtWork.start(
                directory.resolve(pod.name()),
                new UserAtWork.Job(name, pod.directory(HOME), journal, changesPerSecond, seed + name.hashCode()));
        working.add(work.process());
        work.process().onExit().thenRun(() -> working.remove(work.process()));
        return Optional.of(new Working(work.process()));
    }

    /**
     * Ends all work, so that what was acknowledged can be compared with the homes: each user finishes the change under way, or is killed
     * when that takes longer than the grace. Whoever's pod starts from now on does nothing.
     */
    public synchronized void endWork(Duration grace) {
        over = true;
        working.forEach(ChildProcess::askToEnd);
        // Asked once: a second signal may come when the process ends already and listens to none any more.
        working.forEach(process -> process.killUnlessEnded(grace));
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
