package dev.hubferry.simulation;

import dev.hubferry.simulation.check.Invariant;
import java.util.List;

/** What became of a schedule. */
public sealed interface Outcome {
    /** What happened, when it was to be told. */
    List<String> trace();

    /**
     * All invariants held.
     *
     * @param events how many things happened
     * @param refusals how often a run that had been taken over was refused by the outside
     */
    record Sound(Ending ending, int events, int refusals, List<String> trace) implements Outcome {}

    /** An invariant did not hold. */
    record Broken(Invariant invariant, String message, List<String> trace) implements Outcome {}

    /** How a migration can end. */
    enum Ending {
        COMPLETED,
        ROLLED_BACK,
        PARKED
    }
}
