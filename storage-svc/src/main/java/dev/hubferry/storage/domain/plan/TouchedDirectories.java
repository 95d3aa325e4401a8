package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.List;

/** Directories of both sides whose attributes have to be set at the end; each is written when all below it has been seen. */
final class TouchedDirectories {
    private final PlanSink sink;
    /** Keys of directories without their last slash, each below the one before and all above the present place. */
    private final List<String> open = new ArrayList<>();

    TouchedDirectories(PlanSink sink) {
        this.sink = sink;
    }

    /** Goes on to a place in the order of manifests. */
    void moveTo(String key) throws InterruptedException {
        while (!open.isEmpty() && !key.startsWith(open.getLast())) {
            write(open.removeLast());
        }
    }

    /** @param directory the innermost one of both sides that the present place is, or is in */
    void add(String directory) {
        String below = directory + "/";
        if (open.isEmpty() || !open.getLast().equals(below)) {
            open.add(below);
        }
    }

    void finish() throws InterruptedException {
        while (!open.isEmpty()) {
            write(open.removeLast());
        }
    }

    private void write(String below) throws InterruptedException {
        sink.attributes(below.substring(0, below.length() - 1));
    }
}
