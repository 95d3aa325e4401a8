package dev.hubferry.simulation.chance;

/** What can go wrong, and how often it does: once in so many occasions, in a schedule that has this kind at all. */
public enum FaultKind {
    /** A command or cancellation stays in Kafka for long, and all behind it. */
    COMMAND_LATE("cmd late", 25),
    /** A command or cancellation comes again: a relay or a consumer died before it could take note. */
    COMMAND_AGAIN("cmd again", 25),
    REPLY_LATE("reply late", 25),
    REPLY_AGAIN("reply again", 25),
    /** A command of another migration that needs the same exclusive key overtakes. */
    OVERTAKEN("overtaken", 4),
    /** The participant's process dies and comes back. */
    CRASHED("crashed", 60),
    /** The participant's process ends in order, as in a rolling upgrade: leases are given back. */
    RESTARTED("restarted", 100),
    /** The participant's process sleeps, maybe past its lease, and goes on where it was. */
    SUSPENDED("suspended", 60),
    /** Heartbeats do not reach the database, so the lease runs out while the run is awake. */
    LEASE_OVER("lease over", 60),
    TRANSIENT("transient", 60),
    NEEDS_OPERATOR("operator", 200),
    PERMANENT("permanent", 250),
    /** A person wants the migration taken back. */
    ABORTED("aborted", 60),
    /** The orchestrator dies before or after a transaction, or before the relay. */
    ORCHESTRATOR_CRASHED("orch crash", 40),
    /** A timer is looked at long after it was due. */
    TIMER_LATE("timer late", 3),
    GATE_REJECTED("rejected", 12),
    GATE_EXPIRED("expired", 12);

    private final String label;
    private final int oneIn;

    FaultKind(String label, int oneIn) {
        this.label = label;
        this.oneIn = oneIn;
    }

    public String label() {
        return label;
    }

    int oneIn() {
        return oneIn;
    }
}
