package dev.hubferry.contracts;

/** What to do when something was written on the source after the final pass over the homes had begun to read it. */
public enum OnLateWrites {
    /** Users get their old hub again, with all that was written; the default. */
    TAKE_BACK,
    /** Copy that too, by another final pass, a few times; the source that is still written to then is not frozen, and users get their old hub again. */
    COPY_AGAIN
}
