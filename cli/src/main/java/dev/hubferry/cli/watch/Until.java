package dev.hubferry.cli.watch;

/** What ends a watch besides the end of the migration. */
public enum Until {
    /** A gate waits for a person; or, since somebody is needed then as well, the migration is parked. */
    GATE,
    /** The migration is parked. */
    PARKED,
    END
}
