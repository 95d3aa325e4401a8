package dev.hubferry.k8s.domain;

import java.util.Optional;

/** What a migration changed and what was there before; outlives the run. */
public interface Journal {
    /**
     * Records what is there before a change, before the change is made.
     *
     * @param beforeJson a JSON document
     * @return what stands recorded: the first value when a former run recorded the effect already
     */
    String recordBefore(String effect, String beforeJson);

    /** What was there before; empty when the change never happened. */
    Optional<String> before(String effect);

    /** Drops the record, after the undo. */
    void forget(String effect);
}
