package dev.hubferry.dns.domain;

/** One run of a command, as far as a use case needs to know about it. */
public interface ZoneWork {

    /** Returns when this run may still write; throws what ends the run when another replica may have taken over. */
    void ensureHeld();

    /** As {@link #ensureHeld}, but asks the database, for right before a write: a process that was suspended may not know its own time. */
    void ensureHeldByDatabase();

    /** The id of the command that this is a run of. */
    String command();

    /** The number of this run; grows each time that the command is taken over. */
    long epoch();

    /** Says how many of the name servers are where they should be. */
    void reportServers(String activity, int ready, int all);

    /** What this migration changed in the zone; outlives the run. */
    ChangeJournal journal();
}
