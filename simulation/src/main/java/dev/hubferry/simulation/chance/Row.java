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
        return kind.occursAt(sort)
                && (kind != FaultKind.OVERTAKEN || Rows.SHARING_A_KEY.contains(name))
                && (kind != FaultKind.CROWDED || Rows.QUEUED.contains(name));
    }
}
