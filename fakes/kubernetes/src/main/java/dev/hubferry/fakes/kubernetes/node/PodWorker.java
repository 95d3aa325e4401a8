package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Takes one pod through its life.
 *
 * <pre>
 *   Waiting ─► Starting ─► Running ─┬─ ended, restart policy ─► Waiting (back-off)
 *      ▲          │                 ├─ ended for good ────────► Ended      (the object stays)
 *      └─ volume  ┘                 └─ deleted ─► Stopping ───► Ended      (the object goes)
 * </pre>
 *
 * Every transition happens on the control loop's thread; only starting, which may block, happens elsewhere.
 */
final class PodWorker implements PodAccess {

    private static final Duration VOLUME_RETRY = Duration.ofMillis(200);
    private static final int FIRST_BACK_OFF_SECONDS = 10;
    private static final int LONGEST_BACK_OFF_SECONDS = 300;
    private static final int START_FAILED = 128;
    private static final int KILLED = 137;

    private final Node node;
    private final ObjectNode pod;
    private final ObjectKey key;
    private final String uid;
    private final String podIp;
    private final Map<String, ContainerLog> logs = new HashMap<>();
    private final PodLauncher launcher;
    private volatile State state = new State.Waiting();
    private volatile Optional<PodRun> latest = Optional.empty();
    private boolean killed;
    private Optional<Thread> starting = Optional.empty();
    private OptionalLong graceSeconds = OptionalLong.empty();
    private boolean readyWished = true;
    private String hindrance = "";
    private int restarts;

    PodWorker(Node node, ObjectNode pod, String podIp) {
        this.node = node;
        this.pod = pod.deepCopy();
        this.key = ObjectKey.of(pod);
        this.uid = Json.text(pod, "metadata", "uid");
        this.podIp = podIp;
        Json.objects(Json.at(pod, "spec", "containers"))
                .forEach(container -> logs.put(
                        Json.text(container, "name"),
                        new ContainerLog(node.config().clock())));
        this.launcher = new PodLauncher(node, this.pod, podIp, logs, this::wish);
    }

    private sealed interface State {
        record Waiting() implements State {}

        record Starting() implements State {}

        record Running(PodRun run) implements State {}

        record Stopping(PodRun run) implements State {}

        record Ended() implements State {}
    }

    /** Puts the pod on the node and begins to start it. */
    void start() {
        if (!(state instanceof State.Waiting)) {
            return;
        }
        boolean present = write(current -> {
            Json.ensureObject(current, "spec").put("nodeName", node.config().name());
            return node.status().waiting(current, "ContainerCreating", hindrance, restarts);
        });
        if (present) {
            state = new State.Starting();
            begin();
        }
    }

    private synchronized void begin() {
        if (!killed) {
            starting = Optional.of(PipeThreads.start("start-" + key, this::launch));
        }
    }

    private void launch() {
        try {
            PodRun run = launcher.launch(restarts);
            latest = Optional.of(run);
            node.loop().run(Duration.ZERO, () -> launched(run));
        } catch (VolumeNotReady e) {
            node.loop().run(VOLUME_RETRY, () -> again(String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            logs.values().forEach(log -> log.append("cannot start: " + e));
            node.loop().run(Duration.ZERO, this::failedToStart);
        }
    }

    private void failedToStart() {
        if (state instanceof State.Starting) {
            exited(START_FAILED);
        }
    }

    private void again(String message) {
        if (state instanceof State.Starting) {
            state = new State.Waiting();
            hindrance = message;
            if (graceSeconds.isPresent()) {
                vanish(0);
            } else {
                start();
            }
        }
    }

    private void launched(PodRun run) {
        if (!(state instanceof State.Starting)) {
            return;
        }
        state = new State.Running(run);
        run.handle()
                .ended()
                .whenComplete((code, error) ->
                        node.loop().run(Duration.ZERO, () -> ended(run, error == null ? code : START_FAILED)));
        write(current -> node.status().running(current, podIp, false, restarts));
        node.loop().run(node.config().ready(), this::writeReadiness);
        graceSeconds.ifPresent(this::stop);
    }

    private void wish(boolean ready) {
        node.loop().run(Duration.ZERO, () -> {
            readyWished = ready;
            writeReadiness();
        });
    }

    private void writeReadiness() {
        if (state instanceof State.Running) {
            write(current -> node.status().running(current, podIp, readyWished, restarts));
        }
    }

    /** Asks the pod to end within its grace; a later call may shorten the grace. */
    void stop(long seconds) {
        if (state instanceof State.Stopping && graceSeconds.equals(OptionalLong.of(seconds))) {
            return;
        }
        graceSeconds = OptionalLong.of(seconds);
        switch (state) {
            case State.Waiting() -> vanish(0);
            case State.Starting(), State.Ended() -> {
                // launched() comes back to this; an ended pod has nothing to stop
            }
            case State.Running(PodRun run) -> {
                state = new State.Stopping(run);
                Duration grace = node.config().scaled(seconds);
                Thread.ofVirtual().name("stop-" + key).start(() -> run.handle().stop(grace));
                node.loop().run(grace, this::killStopping);
            }
            case State.Stopping(PodRun run) -> node.loop().run(node.config().scaled(seconds), this::killStopping);
        }
    }

    private void killStopping() {
        if (state instanceof State.Stopping(PodRun run)) {
            Thread.ofVirtual().name("kill-" + key).start(() -> {
                run.end();
                node.loop().run(Duration.ZERO, () -> ended(run, KILLED));
            });
        }
    }

    /** What ended may be an earlier run: then it is of no interest. */
    private void ended(PodRun run, int exitCode) {
        if (state instanceof State.Running(PodRun current) && current == run) {
            run.box().close();
            exited(exitCode);
        } else if (state instanceof State.Stopping(PodRun current) && current == run) {
            run.box().close();
            vanish(exitCode);
        }
    }

    private void exited(int exitCode) {
        String policy = Json.text(pod, "spec", "restartPolicy");
        boolean success = exitCode == 0;
        if (graceSeconds.isPresent()) {
            vanish(exitCode);
        } else if ("Always".equals(policy) || ("OnFailure".equals(policy) && !success)) {
            restart(exitCode);
        } else {
            state = new State.Ended();
            write(current -> node.status().ended(current, success ? "Succeeded" : "Failed", exitCode, restarts));
        }
    }

    private void restart(int exitCode) {
        long seconds = Math.min(LONGEST_BACK_OFF_SECONDS, (long) FIRST_BACK_OFF_SECONDS << Math.min(restarts, 5));
        restarts++;
        state = new State.Waiting();
        write(current ->
                node.status().waiting(current, "CrashLoopBackOff", "back-off after exit code " + exitCode, restarts));
        node.loop().run(node.config().scaled(seconds), this::start);
    }

    /** The pod has ended on request: its object may go. */
    private void vanish(int exitCode) {
        state = new State.Ended();
        write(current -> node.status().ended(current, exitCode == 0 ? "Succeeded" : "Failed", exitCode, restarts));
        node.remove(key, uid);
    }

    /**
     * Ends everything at once, as when the object was deleted by force or the cluster closes: after this call nothing of it goes on, also
     * not what was just being started. Any thread; blocks.
     */
    void kill() throws InterruptedException {
        Optional<Thread> launch = forbidStart();
        if (launch.isPresent()) {
            launch.get().join();
        }
        state = new State.Ended();
        latest.ifPresent(PodRun::end);
    }

    private synchronized Optional<Thread> forbidStart() {
        killed = true;
        return starting;
    }

    @Override
    public boolean isRunning() {
        return state instanceof State.Running || state instanceof State.Stopping;
    }

    @Override
    public Process exec(String container, List<String> command, boolean mergeStderr) throws IOException {
        return box().start(container, command, mergeStderr);
    }

    @Override
    public InetSocketAddress listener(int containerPort) {
        return box().listener(containerPort);
    }

    @Override
    public ContainerLog log(String container) {
        return Optional.ofNullable(logs.get(container))
                .orElseThrow(() ->
                        ApiFailure.badRequest("container %s is not valid for pod %s".formatted(container, key.name())));
    }

    private PodBox box() {
        return switch (state) {
            case State.Running(PodRun run) -> run.box();
            case State.Stopping(PodRun run) -> run.box();
            case State.Waiting(), State.Starting(), State.Ended() ->
                throw ApiFailure.internal("unable to upgrade connection: container not found in pod " + key);
        };
    }

    /** Answers false when the pod is no more. */
    private boolean write(UnaryOperator<ObjectNode> change) {
        return node.write(key, uid, change);
    }
}
