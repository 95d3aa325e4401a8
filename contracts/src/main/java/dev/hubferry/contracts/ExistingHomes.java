package dev.hubferry.contracts;

/** What to do about a home that stands on the target before Hubferry made one there. */
public enum ExistingHomes {
    /** Name it and refuse; the default. */
    REFUSE,
    /** Take homes that an earlier migration from the same source left there; refuse all others. */
    ADOPT_OWN
}
