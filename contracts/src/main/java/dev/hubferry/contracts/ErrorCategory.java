package dev.hubferry.contracts;

/** What an error asks of the saga. */
public enum ErrorCategory {
    /** May be gone by itself: the step is tried again, later and later. */
    TRANSIENT,
    /** A person has to change something in the world before the step can work. */
    NEEDS_OPERATOR,
    /** Trying again cannot help: the migration is taken back. */
    PERMANENT
}
