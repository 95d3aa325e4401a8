package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** What a {@link PodRuntime} gets to know and may say about the pod that it runs. */
public interface PodContext {

    String namespace();

    String name();

    /** A copy of the whole Pod object as it was at the start. */
    ObjectNode manifest();

    /** A loopback address that no other pod of this cluster has now; servers may really listen on it. */
    String podIp();

    List<Mount> mounts();

    /**
     * The host's directory behind a mount path of the first container that has it.
     *
     * @throws java.util.NoSuchElementException when no container mounts anything there
     */
    Path directory(String mountPath);

    /** Registers where a container port really listens; port-forwards to the pod go there. */
    void listen(int containerPort, String host, int port);

    /** Appends one line to the log of the first container. */
    void log(String line);

    /** Takes the pod out of (or back into) its Services; pods are ready unless this says no. */
    void ready(boolean ready);
}
