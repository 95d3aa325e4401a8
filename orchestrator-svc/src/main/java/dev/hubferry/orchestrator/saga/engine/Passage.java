package dev.hubferry.orchestrator.saga.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the saga gets past a row of its table. */
sealed interface Passage {
    Passage CLEAR = new Clear();
    Passage BUSY = new Busy();

    /** The row has ended. */
    record Clear() implements Passage {}

    /** Something is still awaited. */
    record Busy() implements Passage {}

    /**
     * The row has failed for good.
     *
     * @param at the step, gate or timer
     * @param cause one sentence
     * @param mends whether an operator can mend it, so that it is worth waiting for one
     */
    record Broken(String at, String cause, boolean mends) implements Passage {}

    /** The first of parallel branches that has failed. */
    static Optional<Broken> firstBroken(List<Passage> branches) {
        return branches.stream()
                .filter(Broken.class::isInstance)
                .map(Broken.class::cast)
                .findFirst();
    }

    /** Of parallel branches: all run to an end before a failure counts, so that every problem is seen at once. */
    static Passage ofAll(List<Passage> branches) {
        if (branches.contains(BUSY)) {
            return BUSY;
        }
        List<Broken> broken = branches.stream()
                .filter(Broken.class::isInstance)
                .map(Broken.class::cast)
                .toList();
        if (broken.isEmpty()) {
            return CLEAR;
        }
        return new Broken(
                broken.getFirst().at(),
                broken.stream().map(Broken::cause).collect(Collectors.joining("; ")),
                broken.stream().allMatch(Broken::mends));
    }
}
