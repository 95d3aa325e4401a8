package dev.hubferry.orchestrator.saga.engine;

import java.time.Duration;

/**
 * How long a saga tries before it asks a person.
 *
 * @param forward of steps above the pivot, where giving up costs nothing but the attempt
 * @param late of steps from the pivot on, where users may be waiting for the hub
 * @param undo of undos; nothing comes after them but a person
 * @param probeAfter how long a command may be unanswered before its participant is asked about it, and again after that; longer and longer
 *     while it does not answer
 */
public record Patience(RetryPolicy forward, RetryPolicy late, RetryPolicy undo, Duration probeAfter) {
    public Patience {
        if (!probeAfter.isPositive()) {
            throw new IllegalArgumentException("probeAfter must be longer than 0, but was " + probeAfter);
        }
    }
}
