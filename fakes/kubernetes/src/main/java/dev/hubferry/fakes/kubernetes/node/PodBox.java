package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What one start of a pod has on this host: mounts, namespaces made when first needed, logs, listeners. */
final class PodBox implements PodContext, AutoCloseable {

    private final ObjectStore store;
    private final ObjectNode pod;
    private final Path directory;
    private final String podIp;
    private final List<Mount> mounts;
    private final Map<String, ContainerLog> logs;
    private final Consumer<Boolean> onReadiness;
    private final Map<String, ContainerSandbox> sandboxes = new HashMap<>();
    private final Map<Integer, InetSocketAddress> listeners = new ConcurrentHashMap<>();
    private boolean closed;

    PodBox(
            ObjectStore store,
            ObjectNode pod,
            Path directory,
            String podIp,
            List<Mount> mounts,
            Map<String, ContainerLog> logs,
            Consumer<Boolean> onReadiness) {
        this.store = store;
        this.pod = pod;
        this.directory = directory;
        this.podIp = podIp;
        this.mounts = mounts;
        this.logs = logs;
        this.onReadiness = onReadiness;
    }

    @Override
    public String namespace() {
        return Json.text(pod, "metadata", "namespace");
    }

    @Override
    public String name() {
        return Json.text(pod, "metadata", "name");
    }

    @Override
    public ObjectNode manifest() {
        return pod.deepCopy();
    }

    @Override
    public String podIp() {
        return podIp;
    }

    @Override
    public List<Mount> mounts() {
        return mounts;
    }

    @Override
    public Path directory(String mountPath) {
        return mounts.stream()
                .filter(mount -> mount.mountPath().equals(mountPath))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("pod " + name() + " mounts nothing at " + mountPath))
                .hostPath();
    }

    @Override
    public void listen(int containerPort, String host, int port) {
        listeners.put(containerPort, new InetSocketAddress(host, port));
    }

    @Override
    public void log(String line) {
        logOf(containers().getFirst()).append(line);
    }

    @Override
    public void ready(boolean ready) {
        onReadiness.accept(ready);
    }

    private ContainerLog logOf(String container) {
        ContainerLog log = logs.get(container);
        if (log == null) {
            throw new NoSuchElementException("no container " + container + " in pod " + name());
        }
        return log;
    }

    InetSocketAddress listener(int containerPort) {
        return listeners.getOrDefault(containerPort, new InetSocketAddress(podIp, containerPort));
    }

    /** Runs the commands of those containers that state one. */
    ContainerProcesses runCommands() throws IOException {
        ContainerProcesses processes = new ContainerProcesses();
        for (ObjectNode container : Json.objects(Json.at(pod, "spec", "containers"))) {
            List<String> command = Json.texts(container.path("command"));
            if (!command.isEmpty()) {
                command.addAll(Json.texts(container.path("args")));
                String name = Json.text(container, "name");
                processes.add(
                        sandboxWith(name, command.getFirst()).startMain(command, workingDirectory(name)), logOf(name));
            }
        }
        return processes;
    }

    Process start(String container, List<String> command, boolean mergeStderr) throws IOException {
        return sandboxWith(container, command.getFirst()).start(command, workingDirectory(container), mergeStderr);
    }

    private ContainerSandbox sandboxWith(String container, String program) throws IOException {
        ContainerSandbox sandbox = sandbox(container);
        if (!sandbox.hasProgram(program)) {
            throw new PodAccess.NoSuchProgram(program);
        }
        return sandbox;
    }

    private String workingDirectory(String container) {
        String stated = Json.text(manifestOf(container), "workingDir");
        return stated.isEmpty() ? "/" : stated;
    }

    private synchronized ContainerSandbox sandbox(String container) throws IOException {
        if (closed) {
            throw new IOException("pod " + name() + " has ended");
        }
        ContainerSandbox present = sandboxes.get(container);
        if (present == null) {
            ObjectNode manifest = manifestOf(container);
            present = ContainerSandbox.open(
                    directory.resolve(container),
                    mounts.stream()
                            .filter(mount -> mount.container().equals(container))
                            .toList(),
                    RunAs.of(pod, manifest),
                    new PodEnvironment(store, pod).of(manifest));
            sandboxes.put(container, present);
        }
        return present;
    }

    private ObjectNode manifestOf(String container) {
        return Json.objects(Json.at(pod, "spec", "containers")).stream()
                .filter(manifest -> Json.text(manifest, "name").equals(container))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no container " + container + " in pod " + name()));
    }

    private List<String> containers() {
        return Json.objects(Json.at(pod, "spec", "containers")).stream()
                .map(manifest -> Json.text(manifest, "name"))
                .toList();
    }

    /** Ends every process of the pod. */
    @Override
    public synchronized void close() {
        closed = true;
        sandboxes.values().forEach(ContainerSandbox::close);
        sandboxes.clear();
    }
}
