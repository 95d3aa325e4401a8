package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;

/** What goes from the target: whole subtrees, each once. */
final class Clearing {
    private final PlanSink sink;
    /** The last subtree, with a slash at its end; a slash alone when there is none yet, with which no path begins. */
    private String below = "/";

    private long entries;

    Clearing(PlanSink sink) {
        this.sink = sink;
    }

    /** Whether an entry of the target goes with a subtree that is above it. */
    boolean includes(ManifestEntry entry) {
        return entry.record().startsWith(below);
    }

    /**
     * An entry of the target goes.
     *
     * @param root the entry's path, or one above it
     */
    void clear(String root, ManifestEntry entry) throws InterruptedException {
        if (!includes(entry)) {
            sink.clear(root);
            below = root + "/";
        }
        entries++;
    }

    long entries() {
        return entries;
    }
}
