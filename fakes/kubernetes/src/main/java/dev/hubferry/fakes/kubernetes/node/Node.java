package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.controller.ControlLoop;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions.Propagation;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The one node of the cluster, scheduler and kubelet in one: every pod gets a worker that lives as long as it. */
public final class Node implements ControlLoop.Reconciler, AutoCloseable {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final int HOSTS = 250;

    private final NodeConfig config;
    private final ObjectStore store;
    private final Deletion deletion;
    private final ControlLoop loop;
    private final VolumeDirectories directories;
    private final PodStatus status;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final ExecutorService forgetting = Executors.newVirtualThreadPerTaskExecutor();
    private int lastIp;

    public Node(
            NodeConfig config, ObjectStore store, Deletion deletion, ControlLoop loop, VolumeDirectories directories) {
        this.config = config;
        this.store = store;
        this.deletion = deletion;
        this.loop = loop;
        this.directories = directories;
        this.status = new PodStatus(config.clock());
    }

    @Override
    public void reconcile() {
        Set<String> present = new HashSet<>();
        for (ObjectNode pod : store.list(Selection.all(ResourceTypes.PODS, ""))) {
            String uid = Json.text(pod, "metadata", "uid");
            present.add(uid);
            PodWorker worker = workers.get(uid);
            if (worker == null && !ENDED.contains(Json.text(pod, "status", "phase"))) {
                worker = adopt(uid, pod);
            }
            if (worker != null && Json.has(pod, "metadata", "deletionTimestamp")) {
                worker.stop(
                        Json.at(pod, "metadata", "deletionGracePeriodSeconds").asLong());
            }
        }
        List.copyOf(workers.keySet()).stream()
                .filter(uid -> !present.contains(uid))
                .forEach(this::forget);
    }

    private PodWorker adopt(String uid, ObjectNode pod) {
        lastIp++;
        String podIp = "%s.%d.%d".formatted(config.podNetwork(), lastIp / HOSTS % HOSTS, lastIp % HOSTS + 2);
        PodWorker worker = new PodWorker(this, pod, podIp);
        workers.put(uid, worker);
        loop.run(config.start(), worker::start);
        return worker;
    }

    private void forget(String uid) {
        PodWorker worker = workers.remove(uid);
        if (worker != null) {
            forgetting.execute(() -> {
                kill(worker);
                Trees.delete(directoryOf(uid));
            });
        }
    }

    /** The ways into a pod; empty when the node does not know it (yet). */
    public Optional<PodAccess> access(ObjectNode pod) {
        return Optional.ofNullable(workers.get(Json.text(pod, "metadata", "uid")));
    }

    NodeConfig config() {
        return config;
    }

    ObjectStore store() {
        return store;
    }

    ControlLoop loop() {
        return loop;
    }

    PodStatus status() {
        return status;
    }

    PodVolumes volumesOf(ObjectNode pod, String uid) {
        return new PodVolumes(store, directories, pod, directoryOf(uid));
    }

    Path directoryOf(String uid) {
        return config.podsDirectory().resolve(uid);
    }

    /** Writes a pod's object unless this life of it is over; answers whether it was there. */
    boolean write(ObjectKey key, String uid, UnaryOperator<ObjectNode> change) {
        return store.atomically(() -> {
            boolean present = isPresent(key, uid);
            if (present) {
                store.update(ResourceTypes.PODS, key, change);
            }
            return present;
        });
    }

    /** Takes the object of an ended pod away. */
    void remove(ObjectKey key, String uid) {
        store.atomically(() -> {
            if (isPresent(key, uid)) {
                deletion.delete(
                        ResourceTypes.PODS,
                        key,
                        new DeleteOptions(OptionalLong.of(0), Propagation.BACKGROUND, uid, "", false));
            }
            return true;
        });
    }

    private boolean isPresent(ObjectKey key, String uid) {
        return store.find(ResourceTypes.PODS, key)
                .filter(pod -> Json.text(pod, "metadata", "uid").equals(uid))
                .isPresent();
    }

    /** Ends every pod's processes and removes what lives only as long as a pod; volumes stay. */
    @Override
    public void close() {
        forgetting.close();
        workers.values().forEach(Node::kill);
        Trees.delete(config.podsDirectory());
    }

    private static void kill(PodWorker worker) {
        try {
            worker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
