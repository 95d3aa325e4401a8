package dev.hubferry.orchestrator.saga.engine;

import java.time.Duration;

/** What a saga is for. */
public sealed interface Aim {
    Aim CHANGE = new Change();

    /** It changes the world, and takes that back when it fails. */
    record Change() implements Aim {}

    /**
     * It only looks, so there is nothing to take back, to approve or to queue for: whatever a step fails with is something found, and hides
     * nothing that another step finds.
     *
     * @param deadline how long it waits for answers; what has none then is found to be silent
     */
    record Survey(Duration deadline) implements Aim {
        public Survey {
            if (!deadline.isPositive()) {
                throw new IllegalArgumentException("a survey's deadline must be longer than 0, but was " + deadline);
            }
        }
    }
}
