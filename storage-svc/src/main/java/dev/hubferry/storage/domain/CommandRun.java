package dev.hubferry.storage.domain;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import java.util.Optional;

/** One run of a command: what a use case must know, and ask, while it works. */
public interface CommandRun {
    MigrationId migration();

    MessageId command();

    /** Grows each time that the command is taken over; hosts refuse a run with a smaller one. */
    long epoch();

    /** Returns when this run may still act, else throws; to be called before every change of a host and in every loop. */
    void ensureHeld();

    /** Says how far the command has come; never fails. */
    void report(Progress progress);

    /**
     * Records what is there before a change; returns once that is durable.
     *
     * @param beforeJson a JSON document without secrets
     * @return the first one recorded for this effect in this migration
     */
    String recordBefore(String effect, String beforeJson);

    /** What was there before the change; empty when the change never began. */
    Optional<String> before(String effect);

    /** Drops the record after the change was undone. */
    void forget(String effect);
}
