package dev.hubferry.messaging;

import java.util.Optional;

/**
 * What this service changed for one migration and what was there before, in its database: it outlives the run, the process and the
 * replica. An effect is named by the service, such as {@code proxy-public} or {@code zone:example.org}.
 */
public interface EffectJournal {
    /**
     * Records what is there before a change; to be called, and to return, before the change is made.
     *
     * @param effect names what is about to change, at most 200 characters; the same for every run, and for the undo
     * @param beforeJson a JSON document of the service's own shape, without secrets
     * @return what stands recorded: {@code beforeJson}, or the first one when a former run recorded the effect already
     * @throws LeaseLostException when another replica may have taken over
     * @throws IllegalArgumentException when {@code beforeJson} is no JSON document
     */
    String recordBefore(String effect, String beforeJson);

    /** What was there before the change; empty when it never happened (which an undo answers with success). */
    Optional<String> before(String effect);

    /** Drops the record, after the undo succeeded; does nothing when there is none. */
    void forget(String effect);
}
