package dev.hubferry.simulation.chance;

/**
 * Decides what goes wrong in one schedule. A schedule has some kinds of faults and not others, begins with them at some row of the
 * table, and has a number of them after which all is well: so every row is met often, and every schedule comes to an end.
 */
public final class Faults {
    private static final int MOST = 12;
    /** A schedule whose faults begin late has fewer occasions left, so it takes them more readily. */
    private static final int EAGERNESS = 4;

    private final Dice dice;
    private final Coverage coverage;
    private final Trace trace;
    private final long kinds;
    private final int firstRow;
    private int left;

    public Faults(Dice dice, Coverage coverage, Trace trace) {
        this.dice = dice;
        this.coverage = coverage;
        this.trace = trace;
        this.kinds = dice.oneIn(8) ? -1L : dice.next();
        this.firstRow = dice.oneIn(3) ? 0 : dice.below(coverage.rows());
        this.left = dice.oneIn(16) ? 0 : 1 + dice.below(MOST);
    }

    /** Whether a fault happens here; it is counted. */
    public boolean strike(FaultKind kind, Row row) {
        if (!mayStrike(kind, row)) {
            return false;
        }
        hit(kind, row);
        return true;
    }

    /** Whether a fault shall happen that is counted when it does, by {@link #hit}. */
    public boolean mayStrike(FaultKind kind, Row row) {
        if (left == 0 || (kinds >>> kind.ordinal() & 1) == 0 || !isReached(row) || !dice.oneIn(rarity(kind))) {
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

    private boolean isReached(Row row) {
        return switch (row.sort()) {
            case UNDO -> true;
            case DO, GATE, TIMER -> row.index() >= firstRow;
        };
    }

    private int rarity(FaultKind kind) {
        return firstRow == 0 ? kind.oneIn() : Math.max(2, kind.oneIn() / EAGERNESS);
    }
}
