package dev.hubferry.db.domain;

import dev.hubferry.contracts.HubRef;

/** Gets at the places where hubs keep their databases. */
public interface DatabaseCarrier {
    /**
     * Opens the place where {@code hub} keeps its database, after taking away what earlier runs of the same migration left of theirs.
     *
     * @throws Refusal when the cluster, the hub or its volume is not there, not allowed, or not ready in time
     */
    DatabaseRoom open(HubRef hub, Access access, Task task) throws InterruptedException;

    /**
     * Takes away what earlier runs of the same migration left at {@code hub}.
     *
     * @throws Refusal as {@link #open}
     */
    void sweep(HubRef hub, Task task) throws InterruptedException;

    /** What the opener wants to do. */
    enum Access {
        /** Nothing in the room can change. */
        READ,
        /** Files will be placed or put back. */
        CHANGE
    }
}
