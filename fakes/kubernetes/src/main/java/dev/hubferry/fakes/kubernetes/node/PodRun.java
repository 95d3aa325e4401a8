package dev.hubferry.fakes.kubernetes.node;

/** One start of a pod: what it has on this host, and what runs. */
record PodRun(PodBox box, PodHandle handle) {

    /** Ends everything now; may be called again. */
    void end() {
        handle.kill();
        box.close();
    }
}
