package dev.hubferry.db.domain;

import dev.hubferry.contracts.MigrationId;

/** One run of a command: for whom it works, whether it still may, and what it must remember. */
public interface Task {
    /** The migration that asked. */
    MigrationId migration();

    /** The number of this run of the command, from 1. */
    long epoch();

    /** Returns when the run may still act, else throws; to be called before every change of the world outside. */
    void ensureHeld();

    /** Tells people how far a long transfer has come, in bytes; best effort. */
    void report(String activity, long bytesDone, long bytesTotal);

    /** What was done to the target's database. */
    TargetRecord target();
}
