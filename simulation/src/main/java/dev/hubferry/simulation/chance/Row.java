package dev.hubferry.simulation.chance;

/**
 * What a fault can hit: a row of the saga's table in one direction.
 *
 * @param index its place among all rows
 */
public record Row(int index, String name, Sort sort) {
    /** Of messages that belong to another migration; no fault is aimed at them. */
    public static final Row BYSTANDER = new Row(-1, "bystander", Sort.DO);

    /** Which faults a row can meet depends on what it is. */
    public enum Sort {
        DO,
        UNDO,
        GATE,
        TIMER
    }

    /** Whether a fault of this kind can occur at this row. */
    public boolean canMeet(FaultKind kind) {
        return switch (sort) {
            case GATE ->
                switch (kind) {
                    case ABORTED, TIMER_LATE, GATE_REJECTED, GATE_EXPIRED -> true;
                    case COMMAND_LATE,
                            COMMAND_AGAIN,
                            REPLY_LATE,
                            REPLY_AGAIN,
                            OVERTAKEN,
                            CRASHED,
                            RESTARTED,
                            SUSPENDED,
                            LEASE_OVER,
                            TRANSIENT,
                            NEEDS_OPERATOR,
                            PERMANENT,
                            ORCHESTRATOR_CRASHED -> false;
                };
            case TIMER -> kind == FaultKind.ABORTED || kind == FaultKind.TIMER_LATE;
            case DO, UNDO ->
                switch (kind) {
                    case GATE_REJECTED, GATE_EXPIRED -> false;
                    case OVERTAKEN -> Rows.SHARING_A_KEY.contains(name);
                    case COMMAND_LATE,
                            COMMAND_AGAIN,
                            REPLY_LATE,
                            REPLY_AGAIN,
                            CRASHED,
                            RESTARTED,
                            SUSPENDED,
                            LEASE_OVER,
                            TRANSIENT,
                            NEEDS_OPERATOR,
                            PERMANENT,
                            ABORTED,
                            ORCHESTRATOR_CRASHED,
                            TIMER_LATE -> true;
                };
        };
    }
}
