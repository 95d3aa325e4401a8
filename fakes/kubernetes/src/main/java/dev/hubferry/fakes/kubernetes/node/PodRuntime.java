package dev.hubferry.fakes.kubernetes.node;

import java.util.Optional;

/** Runs something real for the pods it cares about. */
@FunctionalInterface
public interface PodRuntime {

    /**
     * Starts what the pod runs. Called on a thread of its own, before the pod is Running; an exception makes the
     * container fail to start, and it is tried again as the pod's restart policy says.
     *
     * @return empty when this runtime does not care about the pod
     */
    Optional<PodHandle> start(PodContext pod);
}
