package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Progress;

/** One run of a command under a lease: what the handler must know, and ask, while it works. */
public interface Execution {
    /** The command's envelope: its id, migration and step. */
    Envelope envelope();

    /**
     * The number of this run, from 1; grows each time that the command is taken over. Hosts and external writes refuse one that is
     * smaller than the last they saw.
     */
    long epoch();

    /**
     * Returns when the command may still act. To be called before every external write and in every loop.
     *
     * @throws LeaseLostException when another replica may have taken over, or the service stops; let it pass
     * @throws CommandCancelledException when the orchestrator withdrew the command; let it pass, or clean up first
     */
    void ensureHeld();

    /** Publishes how far the command has come: best effort, thinned out to about two a second; never blocks or throws. */
    void report(Progress progress);

    /** What the command's migration changed, and what was there before. */
    EffectJournal effects();
}
