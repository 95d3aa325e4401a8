package dev.hubferry.db.domain;

import java.util.Optional;

/** What stood in the place of the target's database before this migration touched it; outlives the run and the process. */
public interface TargetRecord {
    /**
     * Records what stands there, before anything is changed.
     *
     * @return what stands recorded: {@code own}, or what an earlier run recorded
     */
    DatabaseFiles recordOwn(DatabaseFiles own);

    /** What stood there; empty when this migration changed nothing. */
    Optional<DatabaseFiles> own();

    /** Records that from now on what stands there may be the source's database. */
    void recordPlacing();

    /** Whether {@link #recordPlacing} was called. */
    boolean placingBegun();

    /** Forgets everything, after the target's own is back. */
    void forget();
}
