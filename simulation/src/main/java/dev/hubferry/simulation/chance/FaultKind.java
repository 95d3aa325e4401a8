package dev.hubferry.simulation.chance;

import static dev.hubferry.simulation.chance.Row.Sort.DO;
import static dev.hubferry.simulation.chance.Row.Sort.GATE;
import static dev.hubferry.simulation.chance.Row.Sort.TIMER;
import static dev.hubferry.simulation.chance.Row.Sort.UNDO;

import dev.hubferry.simulation.chance.Row.Sort;
import java.util.Set;

/** What can go wrong, and how often it does: once in so many occasions, in a schedule that has this kind at all. */
public enum FaultKind {
    /** A command or cancellation stays in Kafka for long, and all behind it. */
    COMMAND_LATE("cmd late", 25, DO, UNDO),
    /** A command or cancellation comes again: a relay or a consumer died before it could take note. */
    COMMAND_AGAIN("cmd again", 25, DO, UNDO),
    /** A command, cancellation or probe goes to the dead letters. */
    COMMAND_LOST("cmd lost", 40, DO, UNDO),
    /** A reply, or the answer to a probe, goes to the dead letters. */
    REPLY_LOST("reply lost", 40, DO, UNDO),
    REPLY_LATE("reply late", 25, DO, UNDO),
    REPLY_AGAIN("reply again", 25, DO, UNDO),
    /** A command of another migration that needs the same exclusive key overtakes. */
    OVERTAKEN("overtaken", 4, DO, UNDO),
    /** The participant's process dies and comes back. */
    CRASHED("crashed", 60, DO, UNDO),
    /** The participant's process ends in order, as in a rolling upgrade: leases are given back. */
    RESTARTED("restarted", 100, DO, UNDO),
    /** The participant's process sleeps, maybe past its lease, and goes on where it was. */
    SUSPENDED("suspended", 60, DO, UNDO),
    /** Heartbeats do not reach the database, so the lease runs out while the run is awake. */
    LEASE_OVER("lease over", 60, DO, UNDO),
    /** Other migrations have what the step needs, and some that come later are more urgent. */
    CROWDED("crowded", 4, DO),
    TRANSIENT("transient", 60, DO, UNDO),
    NEEDS_OPERATOR("operator", 200, DO, UNDO),
    PERMANENT("permanent", 250, DO, UNDO),
    /** A person wants the migration taken back. */
    ABORTED("aborted", 60, DO, UNDO, GATE, TIMER),
    /** A person wants the migration to stand still for a while. */
    PAUSED("paused", 60, DO, GATE, TIMER),
    /** The orchestrator dies before or after a transaction, or before the relay. */
    ORCHESTRATOR_CRASHED("orch crash", 40, DO, UNDO),
    /** A timer is looked at long after it was due. */
    TIMER_LATE("timer late", 3, DO, UNDO, GATE, TIMER),
    GATE_REJECTED("rejected", 12, GATE),
    GATE_EXPIRED("expired", 12, GATE);

    private final String label;
    private final int oneIn;
    private final Set<Sort> sorts;

    FaultKind(String label, int oneIn, Sort... sorts) {
        this.label = label;
        this.oneIn = oneIn;
        this.sorts = Set.of(sorts);
    }

    public String label() {
        return label;
    }

    int oneIn() {
        return oneIn;
    }

    boolean occursAt(Sort sort) {
        return sorts.contains(sort);
    }
}
