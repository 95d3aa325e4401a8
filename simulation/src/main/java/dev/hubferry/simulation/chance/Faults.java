package dev.hubferry.simulation.chance;

/**
 * Decides what goes wrong in one schedule. A schedule has some kinds of faults and not others, and a number of them after which all is
 * well: some come far, and all come to an end.
 */
public final class Faults {
    private static final int MOST = 12;

    private final Dice dice;
    private final Coverage coverage;
    private final Trace trace;
    private final long kinds;
    private int left;

    public Faults(Dice dice, Coverage coverage, Trace trace) {
        this.dice = dice;
        this.coverage = coverage;
        this.trace = trace;
        this.kinds = dice.oneIn(8) ? -1L : dice.next();
        this.left = dice.oneIn(16) ? 0 : 1 + dice.below(MOST);
    }

    /** Whether a fault happens here; it is counted. */
    public boolean strike(FaultKind kind, Row row) {
        if (row == Row.BYSTANDER || !mayStrike(kind)) {
            return false;
        }
        hit(kind, row);
        return true;
    }

    /** Whether a fault shall happen that is counted when it does, by {@link #hit}. */
    public boolean mayStrike(FaultKind kind) {
        if (left == 0 || (kinds >>> kind.ordinal() & 1) == 0 || !dice.oneIn(kind.oneIn())) {
            return false;
        }
        left--;
        return true;
    }

    public void hit(FaultKind kind, Row row) {
        coverage.hit(row, kind);
        if (trace.isOn()) {
            trace.say("FAULT " + kind.label() + " at " + row.name() + " " + row.sort());
        }
    }
}
