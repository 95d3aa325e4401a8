package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts what a pod runs: what a runtime makes of it, or its own commands, or nothing at all. */
final class PodLauncher {

    private final Node node;
    private final ObjectNode pod;
    private final String podIp;
    private final Map<String, ContainerLog> logs;
    private final Consumer<Boolean> onReadiness;

    PodLauncher(
            Node node, ObjectNode pod, String podIp, Map<String, ContainerLog> logs, Consumer<Boolean> onReadiness) {
        this.node = node;
        this.pod = pod;
        this.podIp = podIp;
        this.logs = logs;
        this.onReadiness = onReadiness;
    }

    /**
     * May block for as long as a runtime takes.
     *
     * @param attempt 0 for the first start; each has files of its own outside of the volumes
     * @throws VolumeNotReady when it is to be tried again soon
     * @throws IOException when the containers cannot start
     */
    PodRun launch(int attempt) throws IOException {
        String uid = Json.text(pod, "metadata", "uid");
        List<Mount> mounts = node.volumesOf(pod, uid).prepare();
        PodBox box = new PodBox(
                node.store(), pod, node.directoryOf(uid).resolve("run-" + attempt), podIp, mounts, logs, onReadiness);
        try {
            return new PodRun(box, start(box));
        } catch (IOException | RuntimeException e) {
            box.close();
            throw e;
        }
    }

    private PodHandle start(PodBox box) throws IOException {
        for (PodRuntime runtime : node.config().runtimes()) {
            Optional<PodHandle> handle = runtime.start(box);
            if (handle.isPresent()) {
                return handle.get();
            }
        }
        return hasOwnCommand() ? box.runCommands() : PodHandle.untilStopped(() -> {});
    }

    /** A pod that no controller made and that states what to run; the programs of others are images that we have not. */
    private boolean hasOwnCommand() {
        boolean controlled = !Json.at(pod, "metadata", "ownerReferences").isEmpty();
        return !controlled
                && Json.objects(Json.at(pod, "spec", "containers")).stream()
                        .anyMatch(container -> !container.path("command").isEmpty());
    }
}
