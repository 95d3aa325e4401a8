package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient sagas are. */
@ConfigMapping(prefix = "hubferry.saga")
public interface SagaConfig {
    /** How a step that failed for a transient reason is tried again. */
    Retries retries();

    /** How an undo is tried again before the migration is parked. */
    UndoRetries undoRetries();

    /** How often timers are looked through that another replica has set. */
    @WithDefault("PT0.5S")
    Duration timerPoll();

    /** How often an event stream looks for events of other replicas. */
    @WithDefault("PT1S")
    Duration streamPoll();

    /** Of steps on the way forward. */
    interface Retries {
        /** The delay before the second attempt; doubles for each further one. */
        @WithDefault("PT1S")
        Duration firstDelay();

        /** The longest delay. */
        @WithDefault("PT30S")
        Duration cap();

        /** How often in all. */
        @WithDefault("6")
        int attempts();
    }

    /** Of undos. */
    interface UndoRetries {
        /** The delay before the second attempt; doubles for each further one. */
        @WithDefault("PT1S")
        Duration firstDelay();

        /** The longest delay. */
        @WithDefault("PT30S")
        Duration cap();

        /** How often in all. */
        @WithDefault("10")
        int attempts();
    }
}
