package dev.hubferry.simulation.check;

/** An invariant that did not hold. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    public Violation(Invariant invariant, String detail) {
        super(invariant + " (" + invariant.rule() + "): " + detail);
        this.invariant = invariant;
    }

    public Invariant invariant() {
        return invariant;
    }
}
