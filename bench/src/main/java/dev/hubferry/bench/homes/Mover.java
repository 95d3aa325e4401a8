package dev.hubferry.bench.homes;

import java.nio.file.Path;
import java.util.List;

/** Makes the target's homes equal to the source's by one method. */
interface Mover {
    /**
     * Does it once, and takes the time.
     *
     * @throws RuntimeException with what it said when it did not succeed
     */
    Timing move(Case what, Place place) throws InterruptedException;

    /** Lets go of what was set up for a place; called once for each, also when a move failed. */
    void end(Place place) throws InterruptedException;

    /**
     * From where to where.
     *
     * @param source homes on the source
     * @param folder on the target, this method's own, and new in each round; it is there, the homes are not yet
     * @param round counts from 1
     */
    record Place(Path source, Path folder, int round) {
        /** Homes on the target. */
        Path target() {
            return folder.resolve("homes");
        }
    }

    /**
     * How long it took.
     *
     * @param seconds that count
     * @param parts what else was timed, in order
     */
    record Timing(double seconds, List<Part> parts) {
        public Timing {
            parts = List.copyOf(parts);
        }
    }

    /** Something that the method's peers do not do, or that is not counted. */
    record Part(String name, double seconds) {}
}
