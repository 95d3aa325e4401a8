package dev.hubferry.failpoints;

/** When, seen from the method that carries the failpoint. */
public enum Moment {
    /** Nothing of it has happened. */
    BEFORE,
    /** All of it has happened, and its caller does not know yet; a method that throws, or returns 0 or false, is not after it. */
    AFTER
}
