package dev.hubferry.storage.domain;

/** Lets the target pull the homes from the source, and takes that back. */
public interface RouteKeeper {
    /**
     * Opens the route, or completes one that was opened in part, and proves that it works.
     *
     * @return the fingerprint of the key that the source accepts, as {@code SHA256:…}
     * @throws Refusal when a host cannot be reached or the proof fails
     */
    String open(Route route, CommandRun run) throws InterruptedException;

    /**
     * Stops what runs, ends sessions and removes every trace of the route from both hosts; homes that were copied stay.
     *
     * @return false when the route was never opened, not even in part
     * @throws Refusal when a host cannot be reached; what could be removed is removed then
     */
    boolean close(Route route, CommandRun run, HomesAfterwards afterwards) throws InterruptedException;

    /** Whose the copied homes are once the route is closed. */
    enum HomesAfterwards {
        /** The migration was taken back: the homes stay marked as Hubferry's and a later migration may adopt them. */
        STAY_MARKED,
        /** The hub has moved: the homes are their users', and no later migration may take them. */
        HANDED_OVER
    }
}
