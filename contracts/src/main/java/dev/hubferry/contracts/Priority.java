package dev.hubferry.contracts;

/** Which of the migrations that wait for the same scarce thing comes first; among equals it is the one that waits longest. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH;

    public static final Priority DEFAULT = NORMAL;
}
