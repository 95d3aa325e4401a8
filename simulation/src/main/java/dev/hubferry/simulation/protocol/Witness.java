package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Reply;

/** Sees what runs do, to judge it. */
public interface Witness {
    /** A run began to work. @param token grows from run to run of the key */
    void began(String service, String exclusiveKey, long token);

    /** A run wrote to the outside. @param token grows from run to run of the key */
    void wrote(String service, String exclusiveKey, long token);

    /** A command was ended with a reply. */
    void ended(Letter command, Reply reply);

    /** The outside refused a run that was taken over. */
    void refused();
}
