package dev.hubferry.db.domain;

import java.nio.file.Path;

/** Looks into copies of hub databases, offline, and mends what would go wrong on the target. */
public interface DatabaseDoctor {
    /**
     * Reads everything that the decisions need; the file does not change. Damage is a finding, not an error.
     *
     * @param database a copy that is whole in itself: what may stand beside it is not read
     */
    Examination examine(Path database);

    /**
     * Makes the copy fit for the target, in one transaction: no server runs, and spawners' states name the target's namespace. Anything
     * else stays as it is.
     *
     * @throws Refusal {@link dev.hubferry.contracts.ErrorCode#DATABASE_CORRUPT} when the file cannot be read or written
     */
    Healing heal(Path database, Relocation relocation);
}
